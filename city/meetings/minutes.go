package meetings

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"ronda/city/people"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// minutesRow is a version of minutes as it was frozen.
type minutesRow struct {
	Meeting      string    `db:"meeting"`
	Version      int       `db:"version"`
	Doc          string    `db:"doc"`
	SHA256       string    `db:"sha256"`
	ApprovedAt   time.Time `db:"approved_at"`
	ApprovedBy   string    `db:"approved_by"`
	ApprovedPost string    `db:"approved_post"`
	SignedAt     time.Time `db:"signed_at"`
	SignedBy     string    `db:"signed_by"`
	SignedPost   string    `db:"signed_post"`
	ReturnedAt   time.Time `db:"returned_at"`
	ReturnedWhy  string    `db:"returned_why"`
}

const minutesColumns = `meeting, version, doc, sha256, approved_at, approved_by, approved_post, signed_at, signed_by, signed_post, returned_at, returned_why`

// Minutes are those of a meeting for the person of the context: as they stand, as
// they were frozen, or the released part of them. NotFound before the meeting
// began.
func (m *Module) Minutes(ctx context.Context, number string) (Minutes, error) {
	v, err := m.Meeting(ctx, number)
	if err != nil {
		return Minutes{}, err
	}
	if v.Meeting.Began.IsZero() || !v.Inside && v.Meeting.Released.IsZero() {
		return Minutes{}, notFound()
	}
	last, frozen, err := m.lastMinutes(ctx, v.Meeting.ID)
	if err != nil {
		return Minutes{}, err
	}
	if frozen && last.ReturnedAt.IsZero() {
		return thaw(last, v, people.Me(ctx))
	}
	if !v.Inside {
		return Minutes{}, notFound()
	}
	notes, err := m.notes(ctx, v.Meeting.ID)
	if err != nil {
		return Minutes{}, err
	}
	out := v.minutes(notes)
	out.Version, out.Returned = last.Version, last.ReturnedWhy
	return out, nil
}

func (m *Module) lastMinutes(ctx context.Context, meeting string) (minutesRow, bool, error) {
	return db.Find[minutesRow](ctx, m.db, `SELECT `+minutesColumns+` FROM meetings_minutes WHERE meeting = $1 ORDER BY version DESC LIMIT 1`, meeting)
}

// minutes are put together out of what a view holds and the notes.
func (v View) minutes(notes []Note) Minutes {
	x := v.Meeting
	out := Minutes{Meeting: MinutedMeeting{ID: x.ID, Number: x.Number, Kind: x.Kind, Title: x.Title, Purpose: x.Purpose, Place: x.Place, Starts: x.Starts,
		Began: x.Began, Ended: x.Ended, Chair: x.Chair, Quorum: x.Quorum, Guest: x.Guest, Host: x.Host}}
	for _, a := range v.Attendees {
		p := MinutedPerson{Key: a.Key, Post: a.Post, Body: a.Body, Ministry: a.Ministry, Name: a.Name, Rank: a.Rank, For: a.For, Minutes: int(a.Spent.Minutes())}
		if a.Came() {
			out.Present = append(out.Present, p)
		} else if a.Role != RoleOptional {
			out.Absent = append(out.Absent, p)
		}
	}
	written := map[string]string{}
	for _, n := range notes {
		written[n.Item] = n.Text
	}
	out.Notes = written[""]
	for _, i := range v.Items {
		out.Items = append(out.Items, MinutedItem{ID: i.ID, Title: i.Title, Text: i.Text, SubjectKind: i.SubjectKind, SubjectID: i.SubjectID, Wanted: i.Wanted,
			Presenter: i.Presenter, Section: i.Section, Private: i.Private, Outcome: i.Outcome, OutcomeText: i.OutcomeText, Notes: written[i.ID],
			Minutes: int(i.Spent.Minutes()), ClosedAt: i.ClosedAt})
	}
	for _, d := range v.Decisions {
		if d.State != Dropped {
			out.Decisions = append(out.Decisions, MinutedDecision{Number: d.Number, Item: d.Item, Text: d.Text, Owner: d.Owner, Due: d.Due})
		}
	}
	for _, c := range v.Commitments {
		if c.State != Dropped {
			out.Commitments = append(out.Commitments, MinutedTask{Number: c.Number, Item: c.Item, What: c.What, Who: c.Who, WhoKind: c.WhoKind, Due: c.Due})
		}
	}
	return out
}

// freeze is the text of minutes as it is kept, and its digest. It names posts and
// those from outside, and nobody whose account may end: who came by name came,
// and what they undertook stands with its number, under which the register says
// whose it is while it may.
func freeze(x Minutes) (doc, digest string, err error) {
	x.Present, x.Absent, x.Commitments = slices.Clone(x.Present), slices.Clone(x.Absent), slices.Clone(x.Commitments)
	for _, list := range [][]MinutedPerson{x.Present, x.Absent} {
		for n := range list {
			list[n].Key = ""
		}
	}
	for n, c := range x.Commitments {
		if c.WhoKind == WhoPerson {
			x.Commitments[n].Who = ""
		}
	}
	b, err := json.Marshal(x)
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(b)
	return string(b), hex.EncodeToString(sum[:]), nil
}

// thaw reads frozen minutes for a person. A text that is not the one that was
// approved is an error of the store, not shown.
func thaw(r minutesRow, v View, who people.Standing) (out Minutes, err error) {
	if sum := sha256.Sum256([]byte(r.Doc)); hex.EncodeToString(sum[:]) != r.SHA256 {
		return out, fault.New(fault.Internal, "meetings.fault.minutes_altered")
	}
	if err := json.Unmarshal([]byte(r.Doc), &out); err != nil {
		return out, err
	}
	out.Frozen, out.SHA256, out.Version, out.Text = true, r.SHA256, r.Version, r.Doc
	out.owed(v)
	out.ApprovedAt, out.ApprovedPost, out.SignedAt, out.SignedPost = r.ApprovedAt, r.ApprovedPost, r.SignedAt, r.SignedPost
	if !v.Inside {
		out.keepPublic(v)
		return out, nil
	}
	if _, all := v.Can(who, SeePrivate); !all {
		out.dropPrivate()
	}
	return out, nil
}

// owed says who owes what a person undertook, as the register says it now.
func (x *Minutes) owed(v View) {
	for n, c := range x.Commitments {
		if at := slices.IndexFunc(v.Commitments, func(o Commitment) bool { return o.Number == c.Number }); at >= 0 && c.WhoKind == WhoPerson {
			x.Commitments[n].Who = v.Commitments[at].Who
		}
	}
}

// dropPrivate takes private items and what was recorded of them out.
func (x *Minutes) dropPrivate() {
	hidden := map[string]bool{}
	for _, i := range x.Items {
		hidden[i.ID] = i.Private
	}
	if !slices.ContainsFunc(x.Items, func(i MinutedItem) bool { return i.Private }) {
		return
	}
	x.Text = ""
	x.Items = slices.DeleteFunc(x.Items, func(i MinutedItem) bool { return i.Private })
	x.Decisions = slices.DeleteFunc(x.Decisions, func(d MinutedDecision) bool { return hidden[d.Item] })
	x.Commitments = slices.DeleteFunc(x.Commitments, func(c MinutedTask) bool { return hidden[c.Item] })
}

// keepPublic leaves the released part: of a released item its title and outcome,
// of the attendance the bodies alone, of commitments none that a person owes.
func (x *Minutes) keepPublic(v View) {
	x.PublicOnly, x.Text, x.Notes = true, "", ""
	x.Meeting.Chair = v.Meeting.Chair
	out := x.Items[:0]
	for _, i := range x.Items {
		if v.shows(i.ID) {
			i.Notes, i.Text, i.Presenter = "", "", ""
			out = append(out, i)
		}
	}
	x.Items = out
	x.Decisions = slices.DeleteFunc(x.Decisions, func(d MinutedDecision) bool {
		return !slices.ContainsFunc(v.Decisions, func(o Decision) bool { return o.Number == d.Number && o.Public })
	})
	x.Commitments = slices.DeleteFunc(x.Commitments, func(c MinutedTask) bool {
		return !slices.ContainsFunc(v.Commitments, func(o Commitment) bool { return o.Number == c.Number && o.Public })
	})
	x.Absent = nil
	var bodies []MinutedPerson
	for _, p := range x.Present {
		if p.Body != "" && !slices.ContainsFunc(bodies, func(o MinutedPerson) bool { return o.Body == p.Body }) {
			bodies = append(bodies, MinutedPerson{Body: p.Body, Ministry: p.Ministry, Rank: p.Rank})
		}
	}
	x.Present = bodies
}
