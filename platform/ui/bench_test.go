package ui

import (
	"bytes"
	"context"
	"syscall"
	"testing"
	"time"

	"ronda/platform/i18n"
)

func thirty() Cards {
	var list Cards
	for range 5 {
		list = append(list, sampleCards()...)
	}
	return list
}

// BenchmarkList draws a whole list page: frame, filters, thirty cards, pager.
func BenchmarkList(b *testing.B) {
	frame := sampleFrame("Iniciativas", "/iniciativas", "Iniciativas")
	measure(b, in(frame, sampleFilters(), thirty(), Pager{Later: "#"}))
}

func BenchmarkCards(b *testing.B)      { measure(b, thirty()) }
func BenchmarkInitiative(b *testing.B) { measure(b, initiativePage()) }
func BenchmarkTileMap(b *testing.B)    { measure(b, sampleTiles()) }

// measure draws c again and again. On a machine that others use too, the
// processor time says more than the clock.
func measure(b *testing.B, c Component) {
	ctx := speak(b, i18n.Spanish)
	var buf bytes.Buffer
	b.ReportAllocs()
	before := processorTime()
	for b.Loop() {
		buf.Reset()
		if err := c.Render(context.WithoutCancel(ctx), &buf); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(processorTime()-before)/float64(b.N), "cpu-ns/op")
	b.ReportMetric(float64(buf.Len()), "bytes/page")
}

func processorTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
