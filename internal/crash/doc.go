// Package crash kills the program, again and again, while people write, and
// looks at what is left.
//
// The test runs `ronda serve` as a city does, on a real disk. Officials and
// citizens sign in by mail and write over HTTP, many at a time, until the
// process dies at a random moment by SIGKILL. It is started again on the same
// data and everybody goes on. After each kill the database is held against a
// journal of what the program had answered:
//
//   - what was acknowledged is there, and once;
//   - what was on its way is there whole or not at all;
//   - nothing is there that nobody asked for;
//   - rows and events, counters and what they count, rings and steps agree, and
//     nobody has two voices;
//   - the public record verifies, also against its witness;
//   - the engine finds its file sound.
//
// At the end the daily mail has gone to everybody once, every code once, and
// whoever follows something has been told of every act once.
//
// # A further kind of write
//
// It needs a row in the list of places, which says where the database shows it,
// and a step in somebody's life that sends it and names the facts it makes.
package crash
