package opinions

import (
	"io"
	"net/http"

	"ronda/platform/fault"
)

// getVotesFile gives everybody's answers, people numbered afresh.
func (m *Module) getVotesFile(w http.ResponseWriter, r *http.Request) error {
	return m.serve(w, r, "text/csv; charset=utf-8", "participants-votes.csv", true, File.writeVotes)
}

// getStatementsFile gives the statements.
func (m *Module) getStatementsFile(w http.ResponseWriter, r *http.Request) error {
	return m.serve(w, r, "text/csv; charset=utf-8", "comments.csv", false, File.writeStatements)
}

// getJSONFile gives both in one file.
func (m *Module) getJSONFile(w http.ResponseWriter, r *http.Request) error {
	return m.serve(w, r, "application/json; charset=utf-8", "opiniones.json", false, File.writeJSON)
}

// serve writes a file of a challenge. The answers of fewer than five people are
// not given away: a file of nothing else is refused, others come without them.
func (m *Module) serve(w http.ResponseWriter, r *http.Request, kind, name string, onlyVotes bool, write func(File, io.Writer) error) error {
	ctx := r.Context()
	v, err := m.enter(r)
	if err != nil {
		return err
	}
	f, err := m.file(ctx, v.Challenge, v.room)
	if err != nil {
		return err
	}
	if f.few() {
		if onlyVotes {
			return fault.New(fault.NotFound, "ideas.opinions.fault.few")
		}
		f = f.blank()
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+v.Challenge.Number+"-"+name+`"`)
	return write(f, w)
}
