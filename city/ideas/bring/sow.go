package bring

import (
	"context"
	"errors"

	"ronda/city/ideas"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Seeder is a map of opinion in which whoever asks sows statements, a line each,
// those that read like one that is there being known; *opinions.Module is one.
type Seeder interface {
	Seed(ctx context.Context, number, lines string) (sown, known int, err error)
}

// Sowing takes conversations in as statements that the challenge's body sows, at
// once or not at all. Statements that were rejected there stay out. So do the
// votes: one voice is one person's, and nobody here knows whose those were.
func Sowing(d *db.DB, to Seeder) Opinions { return sowing{d, to} }

type sowing struct {
	db *db.DB
	to Seeder
}

// errTrial takes back what a trial has written.
var errTrial = errors.New("bring: a trial")

// TakeConversation implements Opinions.
func (s sowing) TakeConversation(ctx context.Context, challenge string, c Conversation, trial bool) (out []ideas.ReportRow, err error) {
	err = s.db.Write(ctx, func(ctx context.Context) error {
		out = out[:0]
		for _, st := range c.Statements {
			row, err := s.sow(ctx, challenge, st)
			if err != nil {
				return err
			}
			out = append(out, row)
		}
		if trial {
			return errTrial
		}
		return nil
	})
	if errors.Is(err, errTrial) {
		err = nil
	}
	return out, err
}

// sow is what becomes of one statement. A text that the map refuses is set aside;
// every other refusal ends the import.
func (s sowing) sow(ctx context.Context, challenge string, st Statement) (ideas.ReportRow, error) {
	row := ideas.ReportRow{Line: st.Line, ID: st.ID, Title: st.Text, Result: ideas.RowQuarantined}
	if st.Rejected {
		row.Why = WhyRejected
		return row, nil
	}
	sown, _, err := s.to.Seed(ctx, challenge, st.Text)
	var refused *fault.Error
	switch {
	case errors.As(err, &refused) && refused.Kind == fault.Invalid && len(refused.Fields) > 0:
		row.Why = WhyRefused
		return row, nil
	case err != nil:
		return row, err
	case sown == 0:
		row.Result = ideas.RowKnown
	default:
		row.Result = ideas.RowTaken
	}
	return row, nil
}
