package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/city/roundtable"
)

// proof is evidence as a file tells it.
type proof struct {
	figure int64
	text   string
	name   string // of a document, whose content is text
	kind   charter.Evidence
}

// proofsOf reads the evidence of one item: a number is a figure, an address a
// link, {file, text} a document, several lines a list, one line a note. A list
// holds several.
func proofsOf(v any, item charter.Item) ([]proof, error) {
	switch v := v.(type) {
	case int:
		return []proof{{figure: int64(v), kind: charter.EvidenceFigure}}, nil
	case string:
		return []proof{{text: strings.TrimSpace(v), kind: kindOf(strings.TrimSpace(v), item)}}, nil
	case map[string]any:
		name, _ := v["file"].(string)
		text, _ := v["text"].(string)
		if name == "" || text == "" || len(v) != 2 {
			return nil, fmt.Errorf("%s: a document is {file, text}", item.Code)
		}
		return []proof{{name: name, text: text, kind: charter.EvidenceDocument}}, nil
	case []any:
		var all []proof
		for _, x := range v {
			some, err := proofsOf(x, item)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		return all, nil
	}
	return nil, fmt.Errorf("%s: %v is no evidence", item.Code, v)
}

func kindOf(text string, item charter.Item) charter.Evidence {
	takes := func(k charter.Evidence) bool { return slices.Contains(item.Evidence, k) }
	switch {
	case strings.HasPrefix(text, "https://"):
		return charter.EvidenceLink
	case takes(charter.EvidenceList) && (strings.Contains(text, "\n") || !takes(charter.EvidenceNote)):
		return charter.EvidenceList
	}
	return charter.EvidenceNote
}

// prove adds the evidence of an act, in the order of the step's items.
func prove(ctx context.Context, s scene) error {
	ch, err := s.Charters.Current(ctx)
	if err != nil {
		return err
	}
	step, ok := ch.Flow.Steps.Get(s.Step)
	if !ok {
		return fmt.Errorf("there is no step %q", s.Step)
	}
	left := len(s.Items)
	for _, item := range step.Items.All() {
		given, ok := s.Items[item.Code]
		if !ok {
			continue
		}
		left--
		if err := s.proveItem(ctx, item, given); err != nil {
			return fmt.Errorf("%s: %w", item.Code, err)
		}
	}
	if left > 0 {
		return fmt.Errorf("step %s has not all of these items", s.Step)
	}
	return nil
}

func (s scene) proveItem(ctx context.Context, item charter.Item, given any) error {
	proofs, err := proofsOf(given, item)
	if err != nil {
		return err
	}
	for _, p := range proofs {
		e := roundtable.Evidence{Step: s.Step, Item: item.Code, Kind: p.kind, Day: s.told(), Figure: p.figure}
		switch p.kind {
		case charter.EvidenceDocument:
			err = s.Roundtable.AddDocument(ctx, s.number, e, p.name, []byte(p.text), true)
		case charter.EvidenceLink:
			e.URL = p.text
			err = s.Roundtable.AddEvidence(ctx, s.number, e)
		default:
			e.Text = p.text
			err = s.Roundtable.AddEvidence(ctx, s.number, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
