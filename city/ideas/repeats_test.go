package ideas

import "testing"

// TestRepeatsAreFamily: what repeats another idea in the program of origin is its
// family here, in whatever order the list and its parts come, and never twice.
func TestRepeatsAreFamily(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		of := func(id, original string) Foreign {
			return Foreign{Source: "ideas.example", ID: id, Original: original, Title: "Bancos de la plaza " + id, Text: someText}
		}
		gone := of("6", "1")
		gone.Withdrawn = true
		rows := []Foreign{of("3", "2"), of("1", ""), of("2", "1"), of("4", "4"), of("5", "99"), gone, of("7", "8"), of("8", "7")}
		trial, err := w.Import(w.as(coordinator), rows, ImportOptions{Trial: true})
		w.must(err)
		first, err := w.Import(w.as(coordinator), rows, ImportOptions{})
		w.must(err)
		var families []bool
		for n, row := range first.Rows {
			families = append(families, row.Family)
			if row.Result != RowTaken || n != 6 && n != 7 && row.Family != trial.Rows[n].Family {
				t.Errorf("row %d: %+v, on trial %+v", n, row, trial.Rows[n])
			}
		}
		for n, want := range map[int]bool{0: true, 1: false, 2: true, 3: false, 4: false, 5: false} {
			if families[n] != want {
				t.Errorf("row %d is family: %v", n, families[n])
			}
		}
		family := func(n int) string { return w.read(first.Rows[n].Number).Family }
		if family(0) == "" || family(0) != family(1) || family(2) != family(1) || family(5) != "" || family(6) == "" || family(6) != family(7) {
			t.Errorf("families %q %q %q %q %q %q", family(0), family(1), family(2), family(5), family(6), family(7))
		}
		w.supportAll("ana", first.Rows[0].Number, first.Rows[1].Number)
		w.supportAll("bruno", first.Rows[1].Number)
		if f, err := w.Family(w.as(), family(1)); err != nil || f.Supporters != 2 || len(f.Ideas) != 3 {
			t.Errorf("%d distinct supporters of %d ideas, %v", f.Supporters, len(f.Ideas), err)
		}
		more, err := w.Import(w.as(coordinator), append(rows, of("99", ""), of("9", "1")), ImportOptions{})
		if w.must(err); more.Taken != 2 || more.Known != len(rows) || more.Families != 2 || family(4) == "" {
			t.Errorf("the second list: %+v", more)
		}
		if f, _ := w.Family(w.as(), family(1)); f.Supporters != 2 || len(f.Ideas) != 4 {
			t.Errorf("after the second list: %+v", f)
		}
	})
}

// TestARepeatAsksWhoHasASay: nobody here is put beside a foreign idea unasked.
func TestARepeatAsksWhoHasASay(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		original := Foreign{Source: "ideas.example", ID: "1", Title: "Bancos de la plaza", Text: someText}
		first, err := w.Import(w.as(coordinator), []Foreign{original}, ImportOptions{})
		w.must(err)
		own := w.published("ana", "Bancos con respaldo")
		ask, err := w.AskFamily(w.as(coordinator), own.Number, first.Rows[0].Number, "")
		w.must(err)
		w.must(w.Consent(w.citizen("ana"), ask.ID, true))
		second, err := w.Import(w.as(coordinator), []Foreign{original, {Source: "ideas.example", ID: "2", Original: "1", Title: "Más bancos", Text: someText}}, ImportOptions{})
		if w.must(err); second.Families != 0 || w.read(second.Rows[1].Number).Family != "" {
			t.Errorf("put beside an idea of ana unasked: %+v", second)
		}
		asks, err := w.Asks(w.citizen("ana"))
		if w.must(err); len(asks) != 1 {
			t.Fatalf("ana is asked: %+v", asks)
		}
		w.must(w.Consent(w.citizen("ana"), asks[0].ID, true))
		if w.read(second.Rows[1].Number).Family != w.read(own.Number).Family {
			t.Error("ana agreed, and it is no family")
		}
	})
}

func (w *town) supportAll(who string, numbers ...string) {
	w.t.Helper()
	for _, n := range numbers {
		w.must(w.Support(w.citizen(who), n))
	}
}
