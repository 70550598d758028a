package identity

import (
	"strconv"
	"strings"
)

// sign is a word of a browser's own description and what it tells.
type sign struct{ word, name string }

// The first sign that is found counts: most browsers also claim to be others.
var (
	browserSigns = []sign{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"FxiOS/", "Firefox"}, {"Firefox/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	}
	systemSigns = []sign{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"},
		{"Mac OS X", "Mac"}, {"Linux", "Linux"},
	}
)

// device names the browser and the system of a User-Agent in words that a person
// recognises; empty for what is unknown.
func device(userAgent string) (browser, system string) {
	return firstSign(browserSigns, userAgent), firstSign(systemSigns, userAgent)
}

func firstSign(signs []sign, text string) string {
	for _, s := range signs {
		if strings.Contains(text, s.word) {
			return s.name
		}
	}
	return ""
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
