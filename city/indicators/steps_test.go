package indicators

import (
	"testing"
	"time"

	"ronda/city/charter"
	"ronda/city/roundtable"
)

func TestTheLatestFigureThatStandsCounts(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC) }
	item := charter.Item{Threshold: &charter.Threshold{Min: 2}}
	figure := func(n int64, from, to int) roundtable.Proof {
		p := roundtable.Proof{Kind: string(charter.EvidenceFigure), Figure: n, At: at(from)}
		if to > 0 {
			p.Removed = at(to)
		}
		return p
	}
	// Three from day 1, one from day 5 to day 8, one for good from day 12.
	spans := shown(item, []roundtable.Proof{figure(3, 1, 0), figure(1, 5, 8), {Kind: "note", At: at(6)}, figure(1, 12, 0)})
	for day, want := range map[int]bool{1: true, 4: true, 5: false, 7: false, 8: true, 11: true, 12: false, 20: false} {
		got := false
		for _, s := range spans {
			got = got || s.At(at(day))
		}
		if got != want {
			t.Errorf("day %d: shown %v, want %v", day, got, want)
		}
	}
}
