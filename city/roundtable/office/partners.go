package office

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// partnersPage is who carries an initiative together with its ministry.
type partnersPage struct {
	Number  string
	Form    ui.Form
	Rows    []partnerRow
	Invite  bool        // the person may ask another ministry
	Options []ui.Option // ministries that can be asked, for whoever may ask
}

// partnerRow is a ministry that co-owns an initiative or is asked to.
type partnerRow struct {
	Code, Name string
	In         bool
	Answer     bool // the person may answer for it
}

func (p partnersPage) answer(code, word string) string {
	return "/iniciativas/" + p.Number + "/ministerios/" + code + "/" + word
}

// partners reads the co-owners; who is only asked is shown inside alone.
func (o *Office) partners(ctx context.Context, v roundtable.View) partnersPage {
	say := o.words(ctx, v.Charter)
	p := partnersPage{Number: v.Initiative.Number, Invite: v.May(me(ctx), roundtable.Invite),
		Form: ui.Form{ID: "owner", Action: href(v.Initiative, "/ministerios")}}
	busy := map[string]bool{v.Initiative.Ministry: true}
	for _, owner := range v.Owners {
		in := owner.State == roundtable.OwnerIn
		if owner.State == roundtable.OwnerOut || !in && !v.Inside {
			continue
		}
		busy[owner.Ministry] = true
		_, answers := roundtable.SignsForMinistry(me(ctx), owner.Ministry)
		p.Rows = append(p.Rows, partnerRow{owner.Ministry, say.Body(ctx, owner.Ministry), in, answers})
	}
	if !p.Invite {
		return p
	}
	for _, m := range v.Charter.Ministries(v.Today) {
		if !busy[m.Code] {
			p.Options = append(p.Options, ui.Option{Value: m.Code, Text: m.Name.In(say.Lang)})
		}
	}
	return p
}

// moving are the ministries about which something is to be done.
func (p partnersPage) moving() []partnerRow {
	return slices.DeleteFunc(slices.Clone(p.Rows), func(r partnerRow) bool { return r.In && !r.Answer })
}

// moves says whether the panel has anything to show.
func (p partnersPage) moves() bool { return len(p.moving()) > 0 || p.Invite && len(p.Options) > 0 }

// OwnerPanel is what the person of the context may do about the ministries that
// carry an initiative together: ask another one, answer, leave. Officials also
// see who was asked. Its anchor is "ministerios"; for everybody else it is empty.
func (o *Office) OwnerPanel(ctx context.Context, v roundtable.View) templ.Component {
	return ownerPanel(o.partners(ctx, v))
}

// inviteForm asks another ministry to carry the initiative too.
var inviteForm = oneForm{
	action: roundtable.Invite, name: "ministerios", key: "invite", back: "#ministerios",
	fields: func(ctx context.Context, o *Office, v roundtable.View) []ui.Field {
		return []ui.Field{ministryField(ctx, o.partners(ctx, v).Options)}
	},
	do: func(ctx context.Context, o *Office, number, _ string, typed ui.Values) error {
		return o.rt.InviteOwner(ctx, number, typed.Get("ministry"))
	},
}

func ministryField(ctx context.Context, options []ui.Option) ui.Field {
	return ui.Field{Name: "ministry", Label: i18n.T(ctx, "roundtable.office.owners.ministry"), Kind: ui.Select, Options: options,
		Placeholder: i18n.T(ctx, "roundtable.office.choose")}
}

// accept and refuse answer an invitation in the name of a ministry.
func (o *Office) accept(w http.ResponseWriter, r *http.Request) error {
	return o.answerInvitation(w, r, true)
}

func (o *Office) refuse(w http.ResponseWriter, r *http.Request) error {
	return o.answerInvitation(w, r, false)
}

func (o *Office) answerInvitation(w http.ResponseWriter, r *http.Request, yes bool) error {
	number := r.PathValue("number")
	if _, err := web.Form(w, r); err != nil {
		return err
	}
	if err := o.rt.AnswerInvitation(r.Context(), number, r.PathValue("code"), yes); err != nil {
		return err
	}
	flash := "roundtable.office.flash.owner_out"
	if yes {
		flash = "roundtable.office.flash.owner_in"
	}
	return web.Redirect(w, r, "/iniciativas/"+number+"#ministerios", flash)
}
