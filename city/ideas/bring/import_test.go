package bring_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"ronda/city/ideas"
	"ronda/city/ideas/bring"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/table"
)

var trial = ideas.ImportOptions{Trial: true}

// town keeps ideas by source and number, as the City of Ideas does.
type town struct {
	has   map[string]bool
	calls int
	err   error
}

func (c *town) Import(_ context.Context, rows []ideas.Foreign, o ideas.ImportOptions) (ideas.Report, error) {
	c.calls++
	var r ideas.Report
	for _, f := range rows {
		row := ideas.ReportRow{Line: f.Line, ID: f.ID, Result: ideas.RowTaken}
		if c.has[f.Source+":"+f.ID] {
			row.Result = ideas.RowKnown
		}
		if !o.Trial && c.err == nil {
			c.has[f.Source+":"+f.ID] = true
			row.Number = "IDEA-1"
		}
		r.Rows = append(r.Rows, row)
	}
	return r, c.err
}

// TestImportingTwiceAddsNothing also sees that a trial keeps nothing and says the
// same as what follows.
func TestImportingTwiceAddsNothing(t *testing.T) {
	city := &town{has: map[string]bool{}}
	text := wellMade + "9;Test;;;;\n"
	do := func(o ideas.ImportOptions) *bring.Report {
		t.Helper()
		r, err := bring.Import(t.Context(), city, bring.ConsulMadrid, strings.NewReader(text), bring.Options{}, o)
		if err != nil {
			t.Fatal(err)
		}
		if r.Taken+r.Known+r.Quarantined != len(r.Rows) || len(r.Rows) != 3 || r.Quarantined != 1 {
			t.Fatalf("%+v", r)
		}
		return r
	}
	if r := do(trial); r.Taken != 2 || len(city.has) != 0 || !r.Trial {
		t.Errorf("the trial: %+v, kept %v", r, city.has)
	}
	if r := do(ideas.ImportOptions{}); r.Taken != 2 || r.Rows[0].Number != "IDEA-1" {
		t.Errorf("the import: %+v", r)
	}
	if r := do(ideas.ImportOptions{}); r.Taken != 0 || r.Known != 2 || len(city.has) != 2 {
		t.Errorf("the second import: %+v", r)
	}
}

// TestNothingIsHalfDone sees that a file that ends in the middle is not begun.
func TestNothingIsHalfDone(t *testing.T) {
	city := &town{has: map[string]bool{}}
	half := packed(t, wellMade+strings.Repeat("9;Otra idea;texto;;;\n", 5000))
	for name, text := range map[string]string{"cut off": half[:len(half)/2], "too many rows": headLine + strings.Repeat("\n1;a;b;;;", 10)} {
		_, err := bring.Import(t.Context(), city, bring.ConsulMadrid, strings.NewReader(text), bring.Options{Limits: bring.Limits{Bytes: 1 << 20, Unpacked: 1 << 20, Ratio: 500, Rows: 8, Row: 1 << 10, Broken: 1}}, ideas.ImportOptions{})
		if err == nil || city.calls != 0 {
			t.Errorf("%s: %v, the city was asked %d times", name, err, city.calls)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := bring.Import(ctx, city, bring.ConsulMadrid, strings.NewReader(wellMade), bring.Options{}, ideas.ImportOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	city.err = errors.New("full")
	if _, err := bring.Import(t.Context(), city, bring.ConsulMadrid, strings.NewReader(wellMade), bring.Options{}, ideas.ImportOptions{}); !errors.Is(err, city.err) {
		t.Errorf("the city's error became %v", err)
	}
}

func spanish(t *testing.T) context.Context {
	t.Helper()
	words, err := i18n.New(bring.Messages, table.Messages)
	if err != nil {
		t.Fatal(err)
	}
	return i18n.With(t.Context(), words, i18n.Spanish)
}

func TestTheReportSaysEachRow(t *testing.T) {
	ctx := spanish(t)
	text := wellMade + "9;=cmd|x!A1;<b onclick=x>;;;\n10;Ana;ana@correo.example;;;\n"
	r, err := bring.Import(ctx, nil, bring.ConsulMadrid, strings.NewReader(text), bring.Options{}, ideas.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.Write(ctx, &b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if rows[3][4] != "'=cmd|x!A1" || rows[3][5] != "apartada" || rows[3][8] != "Es un programa, no un texto" {
		t.Errorf("%q", rows[3])
	}
	if rows[4][9] != "Se quitó una dirección de correo" {
		t.Errorf("%q", rows[4])
	}
	said := strings.Join(r.Summary(ctx), "\n")
	for _, want := range []string{"4 filas de decide.madrid.es", "3 entrarían", "1 apartada", "Es un programa, no un texto: 1", "En 1 de las que entran", "no se guardó nada"} {
		if !strings.Contains(said, want) {
			t.Errorf("the summary does not say %q:\n%s", want, said)
		}
	}
}

// hall keeps a conversation.
type hall struct{ got bring.Conversation }

func (h *hall) TakeConversation(_ context.Context, _ string, c bring.Conversation, trial bool) ([]ideas.ReportRow, error) {
	var out []ideas.ReportRow
	for _, s := range c.Statements {
		out = append(out, ideas.ReportRow{ID: s.ID, Result: ideas.RowTaken})
	}
	if !trial {
		h.got = c
	}
	return out, nil
}

func TestPolisConversations(t *testing.T) {
	comments := "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n" +
		"1512091475,x,0,7,1,0,1,\"Más árboles, menos autos\"\n1512091476,x,1,7,0,0,-1,Quiero insultar\n1512091477,x,2,8,0,0,0,<script>x</script>\n1512091478,x,0,8,0,0,0,De nuevo\n"
	votes := "timestamp,datetime,comment-id,voter-id,vote\n1512091410,x,0,1,1\n1512091420,x,0,1,-1\n1512091415,x,0,1,0\n1512091410,x,0,2,0\n1512091410,x,2,2,1\n1512091410,x,0,3,5\n1512091410,x,,3,1\n"
	h := &hall{}
	r, err := bring.ImportOpinions(t.Context(), h, "DES-2026-0001", strings.NewReader(comments), strings.NewReader(votes), bring.Options{Source: "polis.example"}, false)
	if err != nil {
		t.Fatal(err)
	}
	if r.Taken != 2 || r.Quarantined != 2 || r.Reasons[bring.WhyScript] != 1 || r.Reasons[bring.WhyTwice] != 1 || r.Votes != 2 || r.VotesWrong != 2 {
		t.Errorf("%+v", r)
	}
	if st := h.got.Statements; st[0].Text != "Más árboles, menos autos" || st[0].Rejected || !st[1].Rejected || st[0].At.IsZero() {
		t.Errorf("%+v", st)
	}
	if v := h.got.Votes; v[0].Voter != "1" || v[0].Value != -1 || v[1].Value != 0 {
		t.Errorf("the last vote counts: %+v", v)
	}
	if _, err := bring.ImportOpinions(t.Context(), h, "", strings.NewReader(comments), nil, bring.Options{}, true); err == nil {
		t.Error("statements are taken for no challenge")
	}
}

// field is a map of opinion that takes statements of up to 30 bytes.
type field struct{ sown []string }

func (f *field) Seed(_ context.Context, _, line string) (sown, known int, err error) {
	if len(line) > 30 {
		return 0, 0, &fault.Error{Kind: fault.Invalid, Fields: []fault.Field{{Name: "lines"}}}
	}
	if slices.Contains(f.sown, line) {
		return 0, 1, nil
	}
	f.sown = append(f.sown, line)
	return 1, 0, nil
}

func TestStatementsAreSown(t *testing.T) {
	comments := "comment-id,moderated,comment-body\n0,1,Más árboles\n1,-1,Quiero insultar\n2,1,Un texto que es demasiado largo para una afirmación\n3,1,Menos autos\n"
	to, d := &field{}, dbtest.SQLite(t)
	for again, want := range []int{2, 0} {
		r, err := bring.ImportOpinions(t.Context(), bring.Sowing(d, to), "DES-2026-0001", strings.NewReader(comments), nil, bring.Options{}, false)
		if err != nil {
			t.Fatal(err)
		}
		if r.Taken != want || r.Known != 2-want || r.Reasons[bring.WhyRejected] != 1 || r.Reasons[bring.WhyRefused] != 1 {
			t.Errorf("time %d: %+v", again+1, r)
		}
	}
	if !slices.Equal(to.sown, []string{"Más árboles", "Menos autos"}) {
		t.Errorf("sown %q", to.sown)
	}
}
