// Package pages shows the public record to people (/registro) and to programs
// (/api/v1/record): what it is, how anybody checks it, every act with its proof.
package pages
