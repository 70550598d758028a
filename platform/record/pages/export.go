package pages

import (
	"net/http"
	"strconv"

	"ronda/platform/fault"
)

// export sends the whole record. An error after the first byte breaks the
// download off, and a file cut off does not verify.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	select {
	case p.exports <- struct{}{}:
		defer func() { <-p.exports }()
	default:
		return fault.New(fault.Unavailable, "record.busy")
	}
	size, _, err := p.record.Head(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/gzip")
	w.Header().Set("Content-Disposition", `attachment; filename="registro-`+strconv.FormatInt(size, 10)+`.jsonl.gz"`)
	if err := p.record.Export(r.Context(), w); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}
