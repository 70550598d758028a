package pages_test

import (
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"ronda/city/meetings"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// BenchmarkMeetingPage opens a weekly meeting with eight points, as a guest sees it.
func BenchmarkMeetingPage(b *testing.B) {
	w := newWorld(b, dbtest.SQLite(b, tables(db.SQLite)...))
	m := w.occurrence(w.weekly().Number, 0)
	for _, title := range []string{"Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho"} {
		w.item(m.Number, title, meetings.Discuss, 7)
	}
	before, n := cpu(b), 0
	for b.Loop() {
		n++
		r := httptest.NewRequest("GET", "/reuniones/"+m.Number, nil)
		r.Header.Set("X-Post", director)
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		if rec.Code != ok {
			b.Fatal(rec.Code)
		}
	}
	b.ReportMetric(float64((cpu(b)-before).Microseconds())/float64(n), "cpu-µs/op")
}

// cpu is what the process has used so far: what others do meanwhile does not count.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
