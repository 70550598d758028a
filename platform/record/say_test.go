package record_test

import (
	"context"
	"strings"
	"testing"

	"ronda/platform/i18n"
	"ronda/platform/record"
)

// Every kind of finding has words in both languages that say which act it is.
func TestEveryFindingCanBeSaid(t *testing.T) {
	catalogue, err := i18n.New(record.Messages)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Langs {
		ctx := i18n.With(context.Background(), catalogue, lang)
		for _, kind := range record.FindingKinds {
			said := record.Finding{Kind: kind, Index: 41, Event: "the-event", Field: "kind", Detail: "why"}.Say(ctx)
			if strings.HasPrefix(said, "record.") || strings.Contains(said, "{{") || strings.Contains(said, "no value") {
				t.Errorf("%s in %s reads %q", kind, lang, said)
			}
		}
	}
}
