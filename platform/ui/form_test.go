package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/fault"
	"ronda/platform/i18n"
)

func lookField(t *testing.T, f Form, field Field) page {
	t.Helper()
	return look(t, speak(t, i18n.Spanish), in(f, f.Field(field)))
}

func TestFieldTiesLabelHintErrorAndValue(t *testing.T) {
	f := Form{ID: "p", Values: Values{"title": {"  Eco <b>Bici</b>  "}}, Errors: Errors{Fields: []FieldError{{"title", "Es demasiado corto"}}}}
	p := lookField(t, f, Field{Name: "title", Label: "Título", Hint: "Pocas palabras.", Required: true, Autocomplete: "off"})
	p.says("label[for=p-title]", "Título")
	p.has("input#p-title", "value", "  Eco <b>Bici</b>  ")
	p.has("input#p-title", "aria-describedby", "p-title-hint p-title-error")
	p.has("input#p-title", "aria-invalid", "true")
	p.has("input#p-title", "aria-required", "true")
	p.has("input#p-title", "autocomplete", "off")
	p.says("#p-title-error", "Error: Es demasiado corto")
	p.says(".errors li a[href='#p-title']", "Título: Es demasiado corto")
	p.has(".errors", "role", "alert")
	p.count(".errors[autofocus][tabindex='-1']", 1)
}

func TestFieldThatIsRightSaysNothingOfErrors(t *testing.T) {
	p := lookField(t, Form{}, Field{Name: "title", Label: "Título"})
	p.count(".errors, .error, [aria-invalid], [aria-describedby], [aria-required]", 0)
	p.says("label", "Título (opcional)")
}

func TestSummaryShowsErrorsOfNoField(t *testing.T) {
	p := lookField(t, Form{Errors: Errors{Title: "Hay algo para corregir", Fields: []FieldError{{"gone", "Falta"}}}}, Field{Name: "title", Label: "Título"})
	p.says(".errors h2", "Hay algo para corregir")
	p.says(".errors li", "Falta")
}

func TestEveryKindKeepsWhatWasTyped(t *testing.T) {
	hostile := "\n<script>alert(1)</script>\"'& áé"
	for _, kind := range []Kind{Text, Email, Phone, Web, Search, Number, Date, DateTime, Time, Code} {
		t.Run(string(kind), func(t *testing.T) {
			p := lookField(t, Form{Values: Values{"x": {hostile}}}, Field{Name: "x", Label: "X", Kind: kind})
			p.has("input#f-x", "value", hostile)
			p.count("script", 0)
		})
	}
	p := lookField(t, Form{Values: Values{"x": {hostile}}}, Field{Name: "x", Label: "X", Kind: Area})
	if got := p.one("textarea").FirstChild.Data; got != hostile {
		t.Errorf("the text area keeps %q, want %q", got, hostile)
	}
}

func TestChoicesKeepWhatWasChosen(t *testing.T) {
	options := []Option{{Value: "a", Text: "A"}, {Value: "b", Text: "B", Hint: "la segunda", Group: "G"}, {Value: "c", Text: "C", Disabled: true, Group: "G"}}
	f := Form{Values: Values{"x": {"b"}, "many": {"a", "c"}}, Errors: Errors{Fields: []FieldError{{"x", "Elegí"}}}}
	radios := lookField(t, f, Field{Name: "x", Label: "X", Kind: Radios, Options: options})
	radios.has("input[checked]", "value", "b")
	radios.has("input[type=radio]:first-of-type#f-x", "value", "a")
	radios.has("fieldset[role=radiogroup]", "aria-describedby", "f-x-error")
	radios.has("input[value=b]", "aria-describedby", "f-x-2-hint")
	checks := lookField(t, f, Field{Name: "many", Label: "M", Kind: Checks, Options: options})
	checks.count("input[type=checkbox][checked]", 2)
	menu := lookField(t, f, Field{Name: "x", Label: "X", Kind: Select, Options: options, Placeholder: "Elegí"})
	menu.says("option[selected]", "B")
	menu.says("optgroup[label=G] option[disabled]", "C")
	menu.has("select > option:first-child", "value", "")
	box := lookField(t, Form{Values: Values{"ok": {"true"}}}, Field{Name: "ok", Label: "Acepto", Kind: Check, Hint: "Podés cambiarlo"})
	box.has("input[type=checkbox][checked]", "aria-describedby", "f-ok-hint")
}

func TestFieldsAskThePhoneForTheRightKeyboard(t *testing.T) {
	cases := map[Kind][2]string{Code: {"inputmode", "numeric"}, Number: {"inputmode", "numeric"}, Email: {"autocomplete", "email"}, Phone: {"type", "tel"}, Date: {"type", "date"}}
	for kind, want := range cases {
		lookField(t, Form{}, Field{Name: "x", Label: "X", Kind: kind}).has("input", want[0], want[1])
	}
	lookField(t, Form{}, Field{Name: "x", Label: "X", Kind: Code}).has("input", "autocomplete", "one-time-code")
	lookField(t, Form{}, Field{Name: "x", Label: "X", Kind: Number, Decimals: true}).has("input", "inputmode", "decimal")
}

func TestAreaTellsItsLimitWithoutScript(t *testing.T) {
	p := lookField(t, Form{}, Field{Name: "x", Label: "X", Kind: Area, Max: 1200})
	p.says("#f-x-count", "Hasta 1.200 caracteres")
	p.has("textarea", "aria-describedby", "f-x-count")
	p.has("textarea", "data-max", "1200")
	p.count("textarea[maxlength]", 0) // a text pasted too long is kept and told, not cut
}

func TestFileFieldTellsItsLimitAndNeverEchoes(t *testing.T) {
	f := Form{Files: true, Values: Values{"plan": {"/etc/passwd"}}}
	p := lookField(t, f, Field{Name: "plan", Label: "Documento", Kind: File, Accept: ".pdf", MaxBytes: 5_000_000, Several: true})
	p.has("form", "enctype", "multipart/form-data")
	p.has("input[type=file]", "data-max-bytes", "5000000")
	p.count("input[type=file][value]", 0)
	p.count("input[type=file][multiple]", 1)
	p.says("[data-file-error]", "Hasta 5 MB")
}

func TestFormPostsWithItsHiddenValues(t *testing.T) {
	f := Form{Action: "/i/42?x=1", Hidden: []Pair{{"version", "7"}}}
	p := look(t, speak(t, i18n.Spanish), f)
	p.has("form", "method", "post")
	p.has("form", "action", "/i/42?x=1")
	p.has("form > input[type=hidden][name=version]", "value", "7")
	look(t, speak(t, i18n.Spanish), Form{Get: true}).has("form", "method", "get")
}

func TestAutosaveAnswerReplacesTheVersion(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Form{Autosave: "/borrador", Hidden: []Pair{{"version", "7"}}})
	p.has(".autosave", "hx-post", "/borrador")
	p.has(".autosave input[name=version]", "value", "7")
	p.count("input[name=version]", 1)
	answer := look(t, speak(t, i18n.Spanish), Saved{Text: "Guardado 10:41", Hidden: []Pair{{"version", "8"}}})
	answer.has("input[name=version]", "value", "8")
}

func TestButtons(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Buttons{{Text: "Firmar", Of: "Eco Bici", Name: "do", Value: "sign"}, {Text: "Volver", Href: "/", Weight: Quiet}})
	p.has("button[type=submit]", "value", "sign")
	p.says("button", "Firmar Eco Bici")
	p.has("a.btn.quiet", "href", "/")
}

func TestLinksRefuseCode(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), parts{Button{Text: "x", Href: "javascript:alert(1)"}, Card{Title: "x", Href: " JavaScript:alert(1)"}, Timeline{Items: []Moment{{Title: "x", Href: "data:text/html,x"}}}, Table{Columns: []Head{{Text: "x"}}, Rows: []Row{{{Text: "x", Href: "vbscript:x"}}}}})
	for _, n := range p.all("[href]") {
		if href := attr(n, "href"); !strings.HasPrefix(href, "about:") {
			t.Errorf("a link leads to %q", href)
		}
	}
	p.count("[href]", 4)
}

func TestValuesOfAStruct(t *testing.T) {
	n := 3
	got := ValuesOf(&struct {
		Title  string   `form:"title"`
		Axes   []int    `form:"axes"`
		Public bool     `form:"public"`
		Off    bool     `form:"off"`
		Reach  *int     `form:"reach"`
		None   *int     `form:"none"`
		Secret string   // no tag, no field
		Day    fakeDay  `form:"day"`
		Empty  []string `form:"empty"`
	}{Title: "Eco Bici", Axes: []int{4, 1}, Public: true, Reach: &n, Secret: "x", Day: "2026-03-24"})
	want := Values{"title": {"Eco Bici"}, "axes": {"4", "1"}, "public": {"true"}, "off": nil, "reach": {"3"}, "none": nil, "day": {"2026-03-24"}, "empty": nil}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !got.Has("axes", "1") || got.Has("axes", "2") || got.Get("off") != "" || got.Get("title") != "Eco Bici" {
		t.Error("values do not answer for what they hold")
	}
}

type fakeDay string

func TestErrorsOfAFault(t *testing.T) {
	ctx := speak(t, i18n.Spanish)
	var check fault.Check
	check.Text("title", "", true, 10)
	check.Text("body", "doce letras!", true, 10)
	err := check.Err()
	got := ErrorsOf(ctx, errors.Join(errors.New("path"), err))
	want := Errors{Title: "Hay 2 cosas para corregir", Fields: []FieldError{{"title", "Falta completar este dato"}, {"body", "Es demasiado largo: hasta 10 caracteres, y tiene 12"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	late := &fault.Error{Kind: fault.Conflict, Key: "fault.conflict", Fields: []fault.Field{{Name: "title", Key: "fault.choice"}}}
	if got := ErrorsOf(ctx, late); got.Title != "Alguien lo cambió antes que vos" || got.For("title") == "" || got.For("body") != "" {
		t.Errorf("a conflict gives %+v", got)
	}
	for _, other := range []error{nil, context.Canceled, fault.New(fault.Forbidden, "fault.forbidden")} {
		if ErrorsOf(ctx, other).Any() {
			t.Errorf("%v is not the form's to show", other)
		}
	}
}

func TestConfirmAsksOnceMore(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Confirm{Title: "¿Devolver?", Form: Form{ID: "r", Action: "/devolver"}, Yes: Button{Text: "Devolver", Weight: Danger}, Cancel: "/i/42"})
	p.has("form", "action", "/devolver")
	p.says("button.danger", "Devolver")
	p.has(".actions a", "href", "/i/42")
	p.has("section", "aria-labelledby", "r-confirm")
}
