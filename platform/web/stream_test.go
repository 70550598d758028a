package web_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"ronda/platform/web"
)

// What a handler flushes is on its way before the handler ends: a stream of
// changes never does.
func TestWhatIsFlushedTravelsAtOnce(t *testing.T) {
	read := make(chan struct{})
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/stream", func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(w, "first\n")
			if err := http.NewResponseController(w).Flush(); err != nil {
				return err
			}
			<-read
			return nil
		})
	})
	client := http.Client{Timeout: 20 * time.Second}
	res, err := client.Get(w.url + "/stream")
	got := make([]byte, 6)
	if err == nil {
		_, err = io.ReadFull(res.Body, got)
	}
	close(read)
	if err != nil || string(got) != "first\n" {
		t.Fatalf("%q, %v", got, err)
	}
	_ = res.Body.Close()
}
