package pages

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"ronda/city/ideas"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// secretCookie holds the secret that a visitor's drafts belong to, so that what
// somebody wrote waits for them while they sign in.
const secretCookie = "ideas"

// secretLife is how long a draft waits for a visitor who does not sign in. It is
// short because the computer may be everybody's.
const secretLife = 7 * 24 * time.Hour

func secretOf(r *http.Request) string {
	c, err := r.Cookie(secretCookie)
	if err != nil || len(c.Value) > 64 {
		return ""
	}
	return c.Value
}

// remembered gives a request whose visitor can keep drafts, with the proof of work
// that came with the form: one without a secret gets one with the answer.
func remembered(w http.ResponseWriter, r *http.Request, typed ui.Values) *http.Request {
	ctx, secret := r.Context(), secretOf(r)
	if secret == "" {
		secret = id.Secret()
		http.SetCookie(w, &http.Cookie{Name: secretCookie, Value: secret, Path: "/", MaxAge: int(secretLife.Seconds()), HttpOnly: true,
			SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(web.Origin(ctx), "https://")})
	}
	return r.WithContext(ideas.With(ctx, ideas.Visitor{Network: web.Network(r), Secret: secret, Proof: typed.Get("proof")}))
}

// errorsOf says what is wrong with a form; that a limit is reached, too.
func errorsOf(ctx context.Context, err error) ui.Errors {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.TooMany && f.Key != "" {
		return ui.Errors{Title: i18n.T(ctx, f.Key, f.Args...)}
	}
	return ui.ErrorsOf(ctx, err)
}
