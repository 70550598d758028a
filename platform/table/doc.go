// Package table turns one description of a list into CSV, JSON and XLSX, and
// reads CSV and XLSX that people send.
//
// Writing streams: a list of any length needs the memory of a few rows (XLSX
// goes over a temporary file). A text that a spreadsheet would run as a formula
// is made harmless; numbers stay numbers.
//
// Reading trusts nothing: sizes are bounded before anything is unpacked,
// formulas are not run, and whatever is wrong comes back as a fault.Invalid in
// plain words with the line.
package table
