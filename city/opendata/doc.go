// Package opendata gives away everything that the city's roundtable may tell:
// lists as CSV, JSON and XLSX with a dictionary of their fields, the portfolio in
// the formats of the transparency of aid and of contracting, and all of it as one
// file.
//
// # Words
//
// A dataset is a public list: what it is called, its fields and where its rows
// come from stand together, and the dictionary is made of the same fields. A file
// is public data that is no list. The census is how many rows each dataset had
// when it was last read whole.
//
// # Invariants
//
// Every dataset is read as somebody without an account reads, whoever downloads
// it. Nothing is held but the row in hand, however long a list is. A row that
// cannot be read or said is left out and listed, and keeps nobody from the others;
// a source that fails breaks the download off, so that nobody takes half a list
// for the whole.
package opendata
