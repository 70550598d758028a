package pages_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"
)

// BenchmarkPages is what a page costs once there are some hundreds of ideas.
func BenchmarkPages(b *testing.B) {
	w := newWorld(b)
	c := w.open(nil)
	number := w.published("ana", "Composteras en cada plaza", c.ID)
	for n := range 300 {
		w.now = w.now.Add(1e9 * 900)
		w.published(neighbours[n%len(neighbours)], fmt.Sprintf("Un reloj en la esquina %d", n), "")
	}
	for n := range 30 {
		_, err := w.ideas.Comment(w.as(neighbours[n%len(neighbours)]), number, "", fmt.Sprintf("Otra cosa para decir, y van %d.", n))
		w.must(err)
	}
	for _, who := range neighbours {
		w.must(w.ideas.Support(w.as(who), number))
	}
	for _, path := range []string{"/ideas", "/ideas?estado=-&orden=apoyadas", "/ideas/" + number, "/desafios", "/desafios/" + c.Number, "/ideas/nueva"} {
		b.Run(path, func(b *testing.B) {
			before, n := cpu(b), 0
			for b.Loop() {
				n++
				r := httptest.NewRequest(http.MethodGet, path, nil)
				rec := httptest.NewRecorder()
				w.handler.ServeHTTP(rec, r)
				if rec.Code != http.StatusOK {
					b.Fatal(rec.Code)
				}
			}
			b.ReportMetric(float64((cpu(b)-before).Microseconds())/float64(n), "cpu-µs/op")
		})
	}
}

// cpu is what the process has used so far: what others do meanwhile does not count.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
