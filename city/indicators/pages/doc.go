// Package pages publishes the roundtable's own indices: what they are this year,
// how they moved, and the file from which anybody computes them again.
package pages
