package delivery

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/event"
)

// The kinds of source of what this module shows of a step by itself.
const (
	sourceEquipment   = "delivery_equipment"
	sourceFeasibility = "delivery_feasibility"
)

// showEquipment makes what is written of the equipment the evidence of its item.
func (w *work) showEquipment(ctx context.Context) error {
	needs, err := w.m.needs(ctx, w.Initiative.ID)
	if err != nil {
		return err
	}
	var lines []string
	for _, n := range needs {
		lines = append(lines, line(flat(n.What)+" × "+strconv.Itoa(n.Quantity), flat(n.Source), string(n.Day)))
	}
	return w.show(ctx, charter.ProofEquipment, sourceEquipment, "/equipamiento", lines)
}

// showFeasibility does the same with the legal way, once nothing is lacking of it.
func (w *work) showFeasibility(ctx context.Context) error {
	f, err := w.m.feasibility(ctx, w.Case)
	if err != nil {
		return err
	}
	var lines []string
	for _, x := range f.Ways {
		if len(f.Lacks) == 0 {
			lines = append(lines, line(flat(w.say(x)), "", string(x.Day)))
		}
	}
	return w.show(ctx, charter.ProofFeasibility, sourceFeasibility, "/viabilidad", lines)
}

// show tells the roundtable what shows an item; nothing shows it without lines.
func (w *work) show(ctx context.Context, proof charter.Proof, source, page string, lines []string) error {
	code := w.Charter.Flow.ShownBy(proof)
	item, _, ok := w.Charter.Flow.Item(code)
	if !ok {
		return nil
	}
	kind := charter.EvidenceNote
	if slices.Contains(item.Evidence, charter.EvidenceList) {
		kind = charter.EvidenceList
	}
	return w.m.Roundtable.Tell(ctx, w.Initiative.ID, roundtable.Told{
		Source: event.Subject{Kind: source, ID: w.Initiative.ID}, Item: code, Kind: kind, Text: strings.Join(lines, "\n"),
		URL: "/iniciativas/" + w.Initiative.Number + page, Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body, Withdrawn: len(lines) == 0,
	})
}

// say is a line of the checklist in words, in the city's own language: the name of
// its code, then what was written.
func (w *work) say(x Way) string {
	var name charter.Name
	switch e := w.Charter.Execution; x.Kind {
	case WayCompetence:
		k, _ := e.Competences.Get(x.Code)
		name = k.Name
	case WayRoute:
		r, _ := e.Routes.Get(x.Code)
		name = r.Name
	}
	words := name.In(w.Charter.City.Languages[0])
	switch {
	case words == "":
		return x.Text
	case x.Text == "":
		return words
	}
	return words + ": " + x.Text
}

// line is a line of a list, "what; who; when", without empty ends.
func line(what, who, when string) string {
	return strings.TrimRight(strings.Join([]string{what, who, when}, "; "), "; ")
}

// flat is a text as part of a line whose parts are set apart by semicolons.
func flat(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, ";", ",")), " ") }
