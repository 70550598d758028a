package delivery

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// shot is a photograph of a colour.
func shot(w *world, caption string) Shot {
	w.Helper()
	var b bytes.Buffer
	w.Must(png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 30, 20))))
	return Shot{File: b.Bytes(), Caption: caption}
}

// reports: what is known is kept with each, pictures are looked at by everybody, and
// who does not report in time finds it on the desk and in the monthly meeting.
func (w *world) reports(number string) {
	w.Helper()
	i := w.id(number)
	w.physical[i] = Physical{Planned: 0.5, Done: 0.43999, LateDays: 12, Late: []LateItem{{Name: "Obra", Due: "2026-04-01"}}}
	w.money[i] = Money{Currency: "ARS", Planned: 1000_00, Committed: 900_00, Accrued: 500_00}
	w.refuses("no words", w.Report(w.As(modern), number, News{}), fault.Invalid)
	w.refuses("no picture", w.Report(w.As(modern), number, News{Text: "Va bien.", Photos: []Shot{{File: []byte("<svg onload=alert(1)>")}}}), fault.Invalid)
	w.refuses("too many pictures", w.Report(w.As(modern), number, News{Text: "Va bien.", Photos: make([]Shot, PhotosMax+1)}), fault.Invalid)
	w.refuses("the proposer", w.Report(w.As(proposer), number, News{Text: "Va bien."}), fault.Forbidden)
	w.refuses("a task that cannot be", w.Report(w.As(modern), number, News{Text: "Va bien.", Done: []Advance{{Task: "1", Percent: 101}}}), fault.Invalid)
	w.Must(w.Report(w.As(culture), number, News{Text: " Abrieron dos. ", Done: []Advance{{Task: "1", Percent: 40}}, Photos: []Shot{shot(w, "La primera"), shot(w, "")}}))
	list, err := w.Accounts(w.As(), i, 0, 10)
	w.Must(err)
	if len(list) != 1 || len(w.advanced) != 1 {
		w.Fatalf("%d reports, %d tasks went on", len(list), len(w.advanced))
	}
	want := Account{ID: list[0].ID, Initiative: i, Number: 1, Text: "Abrieron dos.", Planned: 5000, Done: 4400, LateDays: 12, Currency: "ARS", Budget: 1000_00, Accrued: 500_00,
		Light: Amber, Person: list[0].Person, Post: culture, Body: "min-cultura", At: list[0].At}
	if list[0] != want {
		w.Errorf("%+v\nwant %+v", list[0], want)
	}
	w.pictures(list)
	w.due(number)
}

func (w *world) pictures(list []Account) {
	w.Helper()
	photos, err := w.Photos(w.As(), list...)
	w.Must(err)
	got := photos[list[0].ID]
	if len(got) != 2 || got[0].Caption != "La primera" || got[0].Width != 30 {
		w.Fatalf("%+v", got)
	}
	p, data, err := w.Photo(w.As(), got[1].ID)
	if err != nil || !bytes.HasPrefix(data, []byte("\xff\xd8\xff")) || p.Size != int64(len(data)) {
		w.Errorf("a picture of %d bytes: %v", len(data), err)
	}
	_, _, err = w.Photo(w.As(), "nothing")
	w.refuses("no such picture", err, fault.NotFound)
}

// due: thirty days after a report the next one is.
func (w *world) due(number string) {
	w.Helper()
	title := "Informar el avance de " + number
	if w.desk(modern)[title] != "" {
		w.Error("asked for at once")
	}
	w.later(31)
	if got := w.desk(modern)[title]; got != "2026-04-23 /iniciativas/"+number+"/ejecucion/informar" {
		w.Errorf("on the desk: %q", got)
	}
	if w.desk(modernDir)[title] != "" || w.desk(culture)[title] != "" {
		w.Error("on the desk of whoever does not owe it")
	}
	lines, err := w.Lines(w.As(), "min-modernizacion", meetings.Meeting{Starts: w.Now})
	w.Must(err)
	var got []string
	for _, l := range lines {
		got = append(got, l.Title+" "+string(l.Due)+" "+l.Href)
	}
	page := "/iniciativas/" + number
	if want := []string{"Semáforo amarillo  " + page + "/ejecucion", "Atrasado: Obra 2026-04-01 " + page + "/plan", "Falta el informe de avance 2026-04-23 " + page + "/ejecucion"}; !slices.Equal(got, want) {
		w.Errorf("lines %q\nwant %q", got, want)
	}
	w.Must(w.Report(w.As(modern), number, News{Text: "Terminada.", Final: true}))
	if v, err := w.View(w.As(), number); err != nil || v.Next != "" || v.Reports != 2 {
		w.Errorf("after the last one: next %q of %d, %v", v.Next, v.Reports, err)
	}
}

// lights: set by hand with a reason that everybody reads, until it follows the rule.
func (w *world) lights(number string) {
	w.Helper()
	i := w.id(number)
	w.refuses("the executor itself", w.Override(w.As(modern), number, Green, "Está bárbaro todo."), fault.Forbidden)
	w.refuses("no reason", w.Override(w.As(planner), number, Red, "no"), fault.Invalid)
	w.refuses("no colour", w.Override(w.As(planner), number, "blue", "Está trabada la obra."), fault.Invalid)
	w.refuses("nothing to lift", w.FollowRule(w.As(planner), number, ""), fault.Conflict)
	w.Must(w.Override(w.As(planner), number, Red, "Está trabada la obra."))
	w.Must(w.Override(w.As(roundtest.Coordinator), number, Green, "Se destrabó la obra."))
	l, err := w.Light(w.As(), i, "nobody")
	w.Must(err)
	if got := l[i]; got.Colour != Green || got.Rule != Amber || got.Set == nil || got.Set.Body != "coordinacion-mesa" || l["nobody"].Colour != Off {
		w.Errorf("%+v", got)
	}
	w.Must(w.FollowRule(w.As(planner), number, "Ya lo muestra la regla."))
	l, err = w.Light(w.As(), i)
	w.Must(err)
	if got := l[i]; got.Colour != Amber || got.Set != nil {
		w.Errorf("after it follows: %+v", got)
	}
	all, err := w.Overrides(w.As(), i)
	if err != nil || len(all) != 2 || all[1].Lifted.IsZero() {
		w.Errorf("%+v, %v", all, err)
	}
	if e := w.told(number, EventLightSet); len(e) != 2 || e[1].Data["rule"] != "amber" || e[1].Text["reason"] != "Está trabada la obra." {
		w.Errorf("told: %+v", e)
	}
}

// exports name no person.
func (w *world) exports(number string) {
	w.Helper()
	ctx, seen := w.As(), map[string]int{}
	w.Must(w.EachExecution(ctx, func(x PublicExecution) error { seen["execution "+x.Number+" "+x.Executor]++; return nil }))
	w.Must(w.EachHanding(ctx, func(x PublicHanding) error { seen["handing "+x.Number+" "+x.To+" "+string(x.State)]++; return nil }))
	w.Must(w.EachPart(ctx, func(x PublicPart) error { seen["part "+x.Number+" "+x.Ministry]++; return nil }))
	w.Must(w.EachReport(ctx, func(x PublicReport) error {
		seen["report "+x.Of+" "+strings.Repeat("photo", x.Photos)+x.Person]++
		return nil
	}))
	w.Must(w.EachOverride(ctx, func(x PublicOverride) error { seen["light "+x.Of+" "+string(x.Colour)+x.Person]++; return nil }))
	for _, want := range []string{"execution " + number + " min-modernizacion", "handing " + number + " min-modernizacion accepted", "part " + number + " min-cultura",
		"part " + number + " min-salud", "report " + number + " photophoto", "report " + number + " ", "light " + number + " red", "light " + number + " green"} {
		if seen[want] != 1 {
			w.Errorf("%q %d times in %v", want, seen[want], seen)
		}
	}
}

// forgotten: no row holds the person any more.
func (w *world) forgotten(number string) {
	w.Helper()
	w.Must(w.Forget(w.As(), "person of "+modern))
	w.Must(w.Forget(w.As(), "person of "+proposer))
	list, err := w.Handings(w.As(), w.id(number))
	w.Must(err)
	reports, err := w.Accounts(w.As(), w.id(number), 0, 10)
	w.Must(err)
	if h := list[0]; h.Person != "" || h.AnswerPerson != "" || h.Post != proposer || reports[0].Person != "" || reports[1].Person == "" {
		w.Errorf("%+v, %+v", h, reports)
	}
}

func TestTheRuleOfTheLight(t *testing.T) {
	rule := charter.LightRule{LateAmber: 10, LateRed: 30, GapAmber: 15, GapRed: 30}
	money := func(planned, committed, accrued int64) *Money {
		return &Money{Currency: "ARS", Planned: planned, Committed: committed, Accrued: accrued}
	}
	for name, x := range map[string]struct {
		p       *Physical
		m       *Money
		want    Colour
		reasons string
	}{
		"nothing known":          {nil, nil, Off, ""},
		"no day late":            {&Physical{}, nil, Green, ""},
		"nine days":              {&Physical{LateDays: 9}, nil, Green, ""},
		"ten days":               {&Physical{LateDays: 10}, nil, Amber, "late"},
		"thirty":                 {&Physical{LateDays: 30}, nil, Red, "late"},
		"spent as done":          {&Physical{Done: 0.5}, money(100, 60, 50), Green, ""},
		"spent before done":      {&Physical{Done: 0.5}, money(100, 70, 65), Amber, "gap"},
		"done before spent":      {&Physical{Done: 0.9}, money(100, 10, 5), Green, ""},
		"much spent, and late":   {&Physical{Done: 0.1, LateDays: 12}, money(100, 90, 80), Red, "late gap"},
		"late red, spent amber":  {&Physical{Done: 0.5, LateDays: 40}, money(100, 70, 66), Red, "late gap"},
		"no money planned":       {&Physical{Done: 0.5}, money(0, 0, 0), Green, ""},
		"committed above":        {nil, money(100, 101, 0), Red, "above"},
		"spent beyond counting":  {&Physical{}, money(1, 1, 1<<62), Red, "gap"},
		"money without any plan": {nil, money(100, 100, 100), Green, ""},
	} {
		l := Judge(rule, x.p, x.m)
		var reasons []string
		for _, r := range l.Reasons {
			reasons = append(reasons, strings.TrimPrefix(r.Key, "delivery.light."))
		}
		if got := strings.Join(reasons, " "); l.Colour != x.want || l.Rule != x.want || got != x.reasons {
			t.Errorf("%s: %q %q, want %q %q", name, l.Colour, got, x.want, x.reasons)
		}
	}
}

func TestLateNeed(t *testing.T) {
	for n, want := range map[Need]bool{{State: NeedGet, Day: "2026-03-23"}: true, {State: NeedGet, Day: "2026-03-24"}: false, {State: NeedHave}: false} {
		if got := n.Late(clock.Day("2026-03-24")); got != want {
			t.Errorf("%+v late: %v", n, got)
		}
	}
}
