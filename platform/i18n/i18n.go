// Package i18n holds the catalogue of messages: one TOML file for each language
// beside the module that speaks, keys in the form "module.what". Spanish
// (rioplatense) comes first; a key that one language lacks fails a test.
package i18n

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Lang is a language the program speaks.
type Lang string

// The languages; the first is the default.
const (
	Spanish Lang = "es"
	English Lang = "en"
)

// Langs lists the languages, default first.
var Langs = []Lang{Spanish, English}

// Tag is the BCP 47 tag for the html element.
func (l Lang) Tag() string {
	if l == English {
		return "en"
	}
	return "es-AR"
}

// Catalogue maps keys to messages in every language. It is filled at start and
// read-only afterwards.
type Catalogue struct {
	plain  map[Lang]map[string]string // messages without placeholders or plurals
	phrase map[Lang]map[string]phrase // messages with nothing but placeholders and plurals
	keys   map[Lang]map[string]bool
	local  func() (map[Lang]*goi18n.Localizer, error) // the library with all messages; read when first needed
	missed sync.Map
}

// formats are those of the files of messages.
var formats = map[string]goi18n.UnmarshalFunc{"toml": toml.Unmarshal}

// New reads messages.es.toml and messages.en.toml of each file system.
func New(sources ...fs.FS) (*Catalogue, error) {
	c := &Catalogue{plain: map[Lang]map[string]string{}, phrase: map[Lang]map[string]phrase{}, keys: map[Lang]map[string]bool{},
		// Its templates would be two thirds of what the program holds, for the odd
		// sentence that pieces cannot say: a count of 1.5, a value that is missing.
		local: sync.OnceValues(func() (map[Lang]*goi18n.Localizer, error) { return localizers(sources) })}
	for _, lang := range Langs {
		c.plain[lang], c.phrase[lang], c.keys[lang] = map[string]string{}, map[string]phrase{}, map[string]bool{}
		for _, src := range sources {
			if err := c.load(src, lang); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

func (c *Catalogue) load(src fs.FS, lang Lang) error {
	file, err := read(src, lang)
	if err != nil {
		return err
	}
	for _, m := range file.Messages {
		if c.keys[lang][m.ID] {
			return fmt.Errorf("messages %s: key %s stands twice", file.Path, m.ID)
		}
		c.keys[lang][m.ID] = true
		if m.One == "" && !strings.Contains(m.Other, "{{") {
			c.plain[lang][m.ID] = m.Other
		} else if p, ok := newPhrase(m); ok {
			c.phrase[lang][m.ID] = p
		}
	}
	return nil
}

// read reads the messages of a module in one language.
func read(src fs.FS, lang Lang) (*goi18n.MessageFile, error) {
	name := "messages." + string(lang) + ".toml"
	text, err := fs.ReadFile(src, name)
	if err != nil {
		return nil, fmt.Errorf("messages: %w", err)
	}
	file, err := goi18n.ParseMessageFileBytes(text, name, formats)
	if err != nil {
		return nil, fmt.Errorf("messages %s: %w", name, err)
	}
	for _, m := range file.Messages {
		if m.One != "" && m.Many == "" { // Spanish has a form for whole millions; ours say it like other numbers
			m.Many = m.Other
		}
	}
	return file, nil
}

// localizers is the library with all messages, for each language.
func localizers(sources []fs.FS) (map[Lang]*goi18n.Localizer, error) {
	bundle, out := goi18n.NewBundle(language.Spanish), map[Lang]*goi18n.Localizer{}
	for _, lang := range Langs {
		for _, src := range sources {
			file, err := read(src, lang)
			if err != nil {
				return nil, err
			}
			if err := bundle.AddMessages(file.Tag, file.Messages...); err != nil {
				return nil, fmt.Errorf("messages %s: %w", file.Path, err)
			}
		}
		out[lang] = goi18n.NewLocalizer(bundle, string(lang))
	}
	return out, nil
}

// Saying is the catalogue with some messages said otherwise: texts by language, by
// key. A text may have the placeholders of the message and no plural. Keys that the
// catalogue lacks are left out.
func (c *Catalogue) Saying(other map[string]map[Lang]string) *Catalogue {
	if len(other) == 0 {
		return c
	}
	out := &Catalogue{plain: map[Lang]map[string]string{}, phrase: map[Lang]map[string]phrase{}, local: c.local, keys: c.keys}
	for _, lang := range Langs {
		plain, phrases := maps.Clone(c.plain[lang]), maps.Clone(c.phrase[lang])
		for key, texts := range other {
			pieces, ok := cut(texts[lang])
			if !ok || texts[lang] == "" || !c.Has(lang, key) {
				continue
			}
			delete(plain, key)
			phrases[key] = phrase{other: pieces}
		}
		out.plain[lang], out.phrase[lang] = plain, phrases
	}
	return out
}

// Keys lists every key of a language in order.
func (c *Catalogue) Keys(lang Lang) []string {
	return slices.Sorted(maps.Keys(c.keys[lang]))
}

// Has says whether the language has the key.
func (c *Catalogue) Has(lang Lang, key string) bool { return c.keys[lang][key] }

// Text is the message of key. args are pairs of name and value for the
// placeholders {{.name}}; a pair "count", int also picks the plural. A missing
// key gives the key itself, logged once.
func (c *Catalogue) Text(lang Lang, key string, args ...any) string {
	if s, ok := c.plain[lang][key]; ok {
		return s
	}
	if p, ok := c.phrase[lang][key]; ok {
		if s, ok := p.say(args); ok {
			return s
		}
	}
	if !c.Has(lang, key) {
		return c.lacks(lang, key)
	}
	return c.localize(lang, key, args)
}

// lacks says a key that is nowhere, and logs it once.
func (c *Catalogue) lacks(lang Lang, key string) string {
	if _, seen := c.missed.LoadOrStore(key, true); !seen {
		slog.Warn("message missing", "key", key, "lang", lang)
	}
	return key
}

// localize is Text for any message, the library's way.
func (c *Catalogue) localize(lang Lang, key string, args []any) string {
	cfg := &goi18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		data := make(map[string]any, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			name, _ := args[i].(string)
			data[name] = args[i+1]
			if name == "count" {
				cfg.PluralCount = args[i+1]
			}
		}
		cfg.TemplateData = data
	}
	local, err := c.local()
	var s string
	if err == nil {
		s, err = local[lang].Localize(cfg)
	}
	if err != nil {
		return c.lacks(lang, key)
	}
	return s
}

type ctxKey struct{}

type speaker struct {
	c    *Catalogue
	lang Lang
}

// With gives a context that speaks lang from the catalogue.
func With(ctx context.Context, c *Catalogue, lang Lang) context.Context {
	return context.WithValue(ctx, ctxKey{}, speaker{c, lang})
}

// T is the message of key in the language of ctx; see Catalogue.Text.
func T(ctx context.Context, key string, args ...any) string {
	s, ok := ctx.Value(ctxKey{}).(speaker)
	if !ok {
		return key
	}
	return s.c.Text(s.lang, key, args...)
}

// Of is the language of ctx, the default without one.
func Of(ctx context.Context) Lang {
	if s, ok := ctx.Value(ctxKey{}).(speaker); ok {
		return s.lang
	}
	return Spanish
}

// Parse is the language named by s ("es", "en", "en-GB"), ok false if the
// program does not speak it.
func Parse(s string) (lang Lang, ok bool) {
	base, _, _ := strings.Cut(strings.ToLower(s), "-")
	if slices.Contains(Langs, Lang(base)) {
		return Lang(base), true
	}
	return Spanish, false
}
