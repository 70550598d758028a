package ui

import (
	"math"
	"strings"
	"testing"
	"time"

	"ronda/platform/clock"
	"ronda/platform/i18n"
)

func TestFiguresAndBars(t *testing.T) {
	ctx := speak(t, i18n.Spanish)
	p := look(t, ctx, Figures{{"47", "iniciativas", "/i"}, {"12", "adoptadas", ""}})
	p.says("li:first-child a", "47 iniciativas")
	p.says("li:last-child", "12 adoptadas")
	bars := look(t, ctx, Bars{Label: "Por eje", Items: []Bar{{Name: "Uno", Value: 1200, Href: "/1"}, {Name: "Dos", Value: 300, Text: "trescientas"}, {Name: "Tres"}}})
	bars.has("li:nth-child(2) .part", "width", "25%")
	bars.has("li:nth-child(3) .part", "width", "0%")
	bars.says("li:nth-child(1) .num", "1.200")
	bars.says("li:nth-child(2) .num", "trescientas")
}

func TestProgressNeverLies(t *testing.T) {
	ctx := speak(t, i18n.Spanish)
	cases := []struct {
		p     Progress
		width string
		says  string
	}{
		{Progress{Label: "x", Done: 1, Whole: 3}, "33.3%", "x: 33 %"},
		{Progress{Label: "x", Done: 5, Whole: 3}, "100%", "x: 167 %"},
		{Progress{Label: "x", Done: -1, Whole: 3}, "0%", "x: -33 %"},
		{Progress{Label: "x"}, "0%", "x: –"},
		{Progress{Label: "x", Done: 214, Whole: 646, Text: "214 de 646"}, "33.1%", "x: 214 de 646"},
	}
	for _, c := range cases {
		p := look(t, ctx, c.p)
		p.has(".part", "width", c.width)
		p.says(".progress", c.says)
	}
}

func TestSparkStaysInItsBox(t *testing.T) {
	for _, values := range [][]float64{nil, {5}, {5, 5}, {1, 9, 3}, {-4, 0}} {
		s := Spark{Label: "x", Values: values}
		if got := len(s.points()); got != len(values) {
			t.Errorf("%v: %d points", values, got)
		}
		for _, point := range s.points() {
			if strings.HasPrefix(point, "-") || strings.Contains(point, ",-") || strings.Contains(point, "NaN") {
				t.Errorf("%v: point %s", values, point)
			}
		}
	}
	if got := (Spark{Values: []float64{1, 9, 3}}).points(); got[0] != "3,21" || got[1] != "50,3" {
		t.Errorf("points %v", got)
	}
}

func TestDueSaysHowUrgent(t *testing.T) {
	cases := []struct {
		day  clock.Day
		text string
		tone Tone
	}{
		{"2026-11-21", "hace 2 días", Bad}, {"2026-11-22", "hace 1 día", Bad}, {"2026-11-23", "hoy", Now}, {"2026-11-24", "mañana", Now},
		{"2026-11-26", "en 3 días", Plain}, {"2027-04-06", "6 abr 2027", Plain}, {"", "sin fecha", Plain},
	}
	for _, c := range cases {
		if text, tone := Due(speak(t, i18n.Spanish), c.day, "2026-11-23"); text != c.text || tone != c.tone {
			t.Errorf("%s: %q %q, want %q %q", c.day, text, tone, c.text, c.tone)
		}
	}
}

func TestAgo(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	cases := map[time.Duration]string{-time.Hour: "0 s ago", 4 * time.Second: "4 s ago", 3 * time.Minute: "3 min ago", time.Hour: "1 hour ago", 47 * time.Hour: "1 day ago", 72 * time.Hour: "3 days ago"}
	for d, want := range cases {
		if got := Ago(speak(t, i18n.English), now, now.Add(-d)); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestDecimalAndBytes(t *testing.T) {
	es, en := speak(t, i18n.Spanish), speak(t, i18n.English)
	cases := []struct {
		v      float64
		es, en string
	}{{0, "0", "0"}, {38.5, "38,5", "38.5"}, {1204, "1.204", "1,204"}, {-1204.25, "-1.204,3", "-1,204.3"}, {-0.3, "-0,3", "-0.3"}, {0.04, "0", "0"}, {-0.04, "0", "0"}, {0.25, "0,3", "0.3"}, {999.96, "1.000", "1,000"}, {math.NaN(), "–", "–"}, {math.Inf(-1), "–", "–"}}
	for _, c := range cases {
		if got := Decimal(es, c.v); got != c.es {
			t.Errorf("%v: %q, want %q", c.v, got, c.es)
		}
		if got := Decimal(en, c.v); got != c.en {
			t.Errorf("%v: %q, want %q", c.v, got, c.en)
		}
	}
	for n, want := range map[int64]string{12: "12 B", 300_000: "300 kB", 5_000_000: "5 MB", 2_500_000: "2,5 MB"} {
		if got := Bytes(es, n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
