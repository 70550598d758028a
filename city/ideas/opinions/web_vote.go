package opinions

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"ronda/method/opinion"
	"ronda/platform/fault"
	"ronda/platform/web"
)

// keyWaiting is where a visitor's answer waits in the session for its person.
const keyWaiting = "opinions.waiting"

// postAnswer counts an answer, or takes one back, and leads to the next
// statement. A visitor's answer waits until they have signed in.
func (m *Module) postAnswer(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	v, err := m.enter(r)
	if err != nil {
		return err
	}
	no, _ := strconv.Atoi(form.Get("no"))
	if form.Get("answer") == "withdraw" {
		return m.answered(w, r, v, form, m.Withdraw(r.Context(), v.Challenge.Number, no))
	}
	version, _ := strconv.Atoi(form.Get("version"))
	answer, err := strconv.Atoi(form.Get("answer"))
	if err != nil || answer < int(opinion.Disagree) || answer > int(opinion.Agree) {
		return fault.New(fault.Invalid, "fault.choice")
	}
	if !v.who.SignedIn() {
		m.Sessions.Put(r.Context(), keyWaiting, fmt.Sprintf("%s %d %d %d", v.Challenge.Number, no, version, answer))
		return web.Redirect(w, r, m.SignIn(v.Challenge.href("/seguir")), "")
	}
	b := Ballot{No: no, Version: version, Answer: opinion.Vote(answer), Network: web.Network(r)}
	return m.answered(w, r, v, form, m.Vote(r.Context(), v.Challenge.Number, b))
}

// answered leads on after an answer. One that came too late is no error of the
// person: the page says so and shows the next statement.
func (m *Module) answered(w http.ResponseWriter, r *http.Request, v *visit, form url.Values, err error) error {
	flash := ""
	if fault.Is(err, fault.Conflict) {
		flash, err = "ideas.opinions.flash.late", nil
	}
	if err != nil {
		return err
	}
	to := v.Challenge.href("#votar")
	if page, e := strconv.Atoi(form.Get("back")); e == nil {
		to = v.Challenge.href("/afirmaciones?pagina=" + strconv.Itoa(page) + "#a" + form.Get("no"))
	}
	return web.Redirect(w, r, to, flash)
}

// getGoOn counts the answer that waited while its person signed in. The visitor
// gave it before, in a form of this site; the address alone does nothing.
func (m *Module) getGoOn(w http.ResponseWriter, r *http.Request) error {
	v, err := m.enter(r)
	if err != nil {
		return err
	}
	if !v.who.SignedIn() {
		return web.Redirect(w, r, v.Challenge.href("#votar"), "")
	}
	var number string
	var no, version, answer int
	n, _ := fmt.Sscan(m.Sessions.PopString(r.Context(), keyWaiting), &number, &no, &version, &answer)
	if n < 4 || number != v.Challenge.Number {
		return web.Redirect(w, r, v.Challenge.href("#votar"), "")
	}
	err = m.Vote(r.Context(), number, Ballot{No: no, Version: version, Answer: opinion.Vote(answer), Network: web.Network(r)})
	flash := "ideas.opinions.flash.counted"
	if fault.Is(err, fault.Conflict) {
		flash, err = "ideas.opinions.flash.late", nil
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, v.Challenge.href("#votar"), flash)
}
