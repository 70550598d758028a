package demo_test

import (
	"context"

	"ronda/city/charter"
	"ronda/city/meetings"
)

// buildMeetings makes the meetings as the program does.
func (w *world) buildMeetings() {
	w.Helper()
	ch, err := w.Charters.Current(w.ctx)
	w.must(err)
	by := ch.Flow.ShownBy
	w.Meetings = meetings.New(meetings.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Steps: w.Roundtable,
		Proofs: meetings.Proofs{Presented: by(charter.ProofPresentation), Discussed: by(charter.ProofDiscussion), Minuted: by(charter.ProofMinutes),
			Called: by(charter.ProofCall), Met: by(charter.ProofAttendance), Agreed: by(charter.ProofAgreement),
			Specialists: by(charter.ProofSpecialists), Confirmed: by(charter.ProofConfirmation), Procedures: by(charter.ProofProcedures), Present: by(charter.ProofPresence)},
		PersonOf: func(context.Context, string) (string, bool, error) { return "", false, nil }})
	w.Meetings.Listen(w.log)
}
