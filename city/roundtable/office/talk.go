package office

import (
	"context"

	"github.com/a-h/templ"

	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func (o *Office) wordRoutes(m *web.Mux) {
	for _, f := range []oneForm{askForm, answerForm, hideForm, commentForm, opinionForm, withdrawForm, inviteForm, barrierForm, resolveForm} {
		m.Get(f.pattern(), f.show(o))
		m.Post(f.pattern(), f.send(o))
	}
	m.Post("/iniciativas/{number}/ministerios/{code}/si", o.accept)
	m.Post("/iniciativas/{number}/ministerios/{code}/no", o.refuse)
}

// askForm is a citizen's question to the sponsor.
var askForm = oneForm{
	action: roundtable.Ask, name: "preguntar", key: "ask", back: "#preguntas",
	fields: oneText("question", "roundtable.office.ask.text", "roundtable.office.ask.hint", roundtable.QuestionMax),
	do: func(ctx context.Context, o *Office, number, _ string, typed ui.Values) error {
		return o.rt.Ask(ctx, number, typed.Get("question"))
	},
}

var answerForm = oneForm{
	action: roundtable.Answer, name: "responder", rest: "/{id}", key: "answer", back: "#preguntas",
	fields: oneText("answer", "roundtable.office.answer.text", "roundtable.office.answer.hint", roundtable.ReasonMax),
	do: func(ctx context.Context, o *Office, number, id string, typed ui.Values) error {
		return o.rt.Answer(ctx, number, id, typed.Get("answer"))
	},
}

var hideForm = oneForm{
	action: roundtable.Hide, name: "ocultar", rest: "/{id}", key: "hide", back: "#preguntas", weight: ui.Danger,
	fields: oneText("reason", "roundtable.office.reason", "roundtable.office.reason.public", roundtable.ReasonMax),
	do: func(ctx context.Context, o *Office, number, id string, typed ui.Values) error {
		return o.rt.HideQuestion(ctx, number, id, typed.Get("reason"))
	},
}

var commentForm = oneForm{
	action: roundtable.Discuss, name: "comentar", key: "comment", back: "#comentarios",
	fields: oneText("text", "roundtable.office.comment.text", "roundtable.office.comment.hint", roundtable.ReasonMax),
	do: func(ctx context.Context, o *Office, number, _ string, typed ui.Values) error {
		return o.rt.Discuss(ctx, number, typed.Get("text"))
	},
}

var opinionForm = oneForm{
	action: roundtable.Opine, name: "opinion", key: "opinion", back: "#comentarios",
	fields: oneText("text", "roundtable.office.opinion.text", "roundtable.office.opinion.hint", roundtable.ReasonMax),
	do: func(ctx context.Context, o *Office, number, _ string, typed ui.Values) error {
		return o.rt.Opine(ctx, number, typed.Get("text"))
	},
}

var withdrawForm = oneForm{
	action: roundtable.Withdraw, name: "retirar", key: "withdraw", weight: ui.Danger,
	fields: oneText("reason", "roundtable.office.reason", "roundtable.office.reason.public", roundtable.ReasonMax),
	do: func(ctx context.Context, o *Office, number, _ string, typed ui.Values) error {
		return o.rt.Withdraw(ctx, number, typed.Get("reason"))
	},
}

// oneText are the fields of a form that asks for one text.
func oneText(name, label, hint string, most int) func(context.Context, *Office, roundtable.View) []ui.Field {
	return func(ctx context.Context, _ *Office, _ roundtable.View) []ui.Field {
		return []ui.Field{{Name: name, Label: i18n.T(ctx, label), Hint: i18n.T(ctx, hint), Kind: ui.Area, Rows: 4, Max: most, Required: true}}
	}
}

// AskForm lets whoever is signed in ask a question; a visitor is led to the
// sign-in. It draws nothing where no questions are taken.
func (o *Office) AskForm(ctx context.Context, v roundtable.View) templ.Component {
	if v.Fits(roundtable.Ask) != nil {
		return templ.NopComponent
	}
	if !me(ctx).SignedIn() {
		return askSignIn(o.signIn(href(v.Initiative, "#preguntas")))
	}
	return askForm.embed(ctx, o, v, "")
}

// signIn is the address of the sign-in page that comes back.
func (o *Office) signIn(back string) string {
	if o.slots.SignIn == nil {
		return "/ingresar"
	}
	return o.slots.SignIn(back)
}

// AnswerForm lets the sponsor answer an open question and the Coordination take
// one out of sight. It draws nothing for everybody else.
func (o *Office) AnswerForm(ctx context.Context, v roundtable.View, q roundtable.Question) templ.Component {
	p := answerPanel{}
	if !q.Answered() && q.Hidden == "" && v.May(me(ctx), roundtable.Answer) {
		p.Answer = answerForm.embed(ctx, o, v, q.ID)
	}
	if q.Hidden == "" && v.May(me(ctx), roundtable.Hide) {
		p.Hide = href(v.Initiative, "/ocultar/"+q.ID)
	}
	return answerForms(p)
}

// answerPanel is what may be done to one question.
type answerPanel struct {
	Answer templ.Component // nil when the person may not
	Hide   string          // address; empty when the person may not
}

// CommentForm lets officials comment inside.
func (o *Office) CommentForm(ctx context.Context, v roundtable.View) templ.Component {
	return commentForm.embed(ctx, o, v, "")
}

// OpinionForm lets a local board give its public opinion.
func (o *Office) OpinionForm(ctx context.Context, v roundtable.View) templ.Component {
	return opinionForm.embed(ctx, o, v, "")
}
