// Package live tells followers of numbered changes as they happen, by
// server-sent events over plain HTTP.
//
// The database is the truth: whoever makes a change gives it the next number of
// its topic in the same transaction. A Hub asks its Source for the changes after
// the last one it knows, when it is woken and a few times a second, so that
// copies of the program on one database hear of each other without a broker.
// Each change is rendered once and its bytes are shared by every follower.
//
// A follower has no queue of its own, only its place in the topic's ring of
// recent changes. One that is too slow, or was away too long, loses its place
// and is sent a "resync": the page reads its state again and goes on from the
// number that the resync names. So nobody can hold the hub or fill its memory,
// and every follower sees each number once and in order, or is told that it
// missed some.
//
// One stream carries several topics: browsers open few connections to a site.
// The id of each event says where the follower stands in all of them, and comes
// back as Last-Event-ID when the browser connects again.
package live
