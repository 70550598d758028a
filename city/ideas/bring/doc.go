// Package bring takes ideas in from other programs and gives ours out as open
// data.
//
// # In
//
// Read goes through an export of Decidim, CONSUL, Decide Madrid, Polis or Fider
// and hands over each row once, in the order of the file, with the line it stands
// on. It trusts nothing. Sizes are bounded before anything is unpacked; markup
// becomes plain text; addresses of mail are taken out; names stay out unless they
// are asked for; files of accounts are never opened; nothing is fetched. A row that
// is garbage, or that cannot be read, is handed over with the reason and never
// taken. What was mended on the way is said as well.
//
// Import reads a whole file before anything is kept, gives the rows to the City of
// Ideas in one piece, and says of every row what became of it. Because an idea is
// known by its source and its number there, importing a file again adds nothing.
//
// # Out
//
// Datasets are the public lists of the City of Ideas with their columns explained,
// as the pages of open data and ronda export want them.
package bring
