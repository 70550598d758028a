package identity

import (
	"context"
	"net/url"
	"time"

	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// query carries where the visitor is going to the ceremony of a passkey.
func (p signInPage) query() string {
	for _, h := range p.Form.Hidden {
		if h.Name == "volver" {
			return "?" + url.Values{"volver": {h.Value}}.Encode()
		}
	}
	return ""
}

// button says what the form of a new account does next.
func (p registerPage) button() string {
	if p.Proved {
		return "identity.register.create"
	}
	return "identity.register.send"
}

func ago(ctx context.Context, t time.Time) string { return ui.Ago(ctx, clock.Now(ctx), t) }

func accountCrumbs(ctx context.Context) []ui.Link {
	return []ui.Link{{Href: accountPath, Text: i18n.T(ctx, "identity.account.title")}}
}

func langOptions() []ui.Option {
	var out []ui.Option
	for _, lang := range i18n.Langs {
		out = append(out, ui.Option{Value: string(lang), Text: ui.LangName(lang)})
	}
	return out
}

func sessionHeads(ctx context.Context) []ui.Head {
	return []ui.Head{{Text: i18n.T(ctx, "identity.session.device")}, {Text: i18n.T(ctx, "identity.session.seen")},
		{Text: i18n.T(ctx, "identity.session.since")}, {Text: i18n.T(ctx, "identity.session.do")}}
}

func sessionRows(ctx context.Context, list []sessionLine) []ui.Row {
	rows := make([]ui.Row, len(list))
	for i, s := range list {
		first := ui.Cell{Text: s.Device}
		if s.Current {
			first.View = ui.State{Tone: ui.Good, Text: i18n.T(ctx, "identity.session.current")}
		}
		end := rowButton(accountPath+"/sesiones/"+s.ID+"/cerrar", i18n.T(ctx, "identity.session.end"), s.Device)
		rows[i] = ui.Row{first, {Text: s.Seen}, {Text: s.Since}, {View: end}}
	}
	return rows
}

func passkeyHeads(ctx context.Context) []ui.Head {
	return []ui.Head{{Text: i18n.T(ctx, "identity.passkey.device")}, {Text: i18n.T(ctx, "identity.passkey.added")},
		{Text: i18n.T(ctx, "identity.passkey.used")}, {Text: i18n.T(ctx, "identity.session.do")}}
}

func passkeyRows(ctx context.Context, list []passkeyLine) []ui.Row {
	rows := make([]ui.Row, len(list))
	for i, k := range list {
		used := k.Used
		if used == "" {
			used = i18n.T(ctx, "identity.passkey.never")
		}
		remove := rowButton(accountPath+"/llaves/"+k.ID+"/quitar", i18n.T(ctx, "identity.passkey.remove"), k.Device)
		rows[i] = ui.Row{{Text: k.Device}, {Text: k.Added}, {Text: used}, {View: remove}}
	}
	return rows
}
