// Package program runs Ronda as a process of its own, as a city does: for
// measurements of what it costs, and for tests that kill it. A process started
// here dies with the one that started it.
package program
