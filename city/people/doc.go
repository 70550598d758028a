// Package people is who is who in the city: persons, the bodies of its
// government and the posts in them, who holds which post from which day to
// which, who acts for whom by delegation, and what accounts may do beyond their
// posts. It also keeps the organisations and specialists that initiatives are
// confirmed with.
//
// Bodies and posts come from the charter (Sync) and may be founded, ended,
// merged and split in the program as well. What a body was called and where it
// stood is kept by days, so an old act is shown under the name of its day and
// nobody's history is lost in a reorganisation.
//
// What always holds:
//
//   - Terms are closed-open days of the city: [Since, Until), empty is open.
//   - On no day has a post more holders than seats, nor the same holder twice.
//   - A delegation is given by the holder of the post, inside the own term, for
//     days to come, and ends with that term; it may be revoked, never backdated.
//   - An act signed for a post belongs to whoever held the post that day
//     (HolderOn), whoever holds it now.
//   - What the two-person rule covers takes two administrators as soon as there
//     are two (see Propose).
//
// Names of persons are shown on pages but never stand in the data of an event:
// public acts carry the codes of post and body.
package people
