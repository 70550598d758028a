// Package plansheet reads and writes plans as tables (CSV) that people edit in
// a spreadsheet.
//
// The columns, in English and in Spanish; only the ID and the name must be
// there, in any order, and columns of other names are passed over:
//
//	id               id, código                  without blanks, commas and semicolons
//	parent           padre, etapa                ID of the summary task
//	name             nombre, tarea
//	duration         duración, días              working days; 0 for a milestone
//	start, finish    comienzo/inicio, fin        the computed days
//	predecessors     predecesoras                "3; 7 SS+2; 9 FF-1": FS (FC), SS (CC), FF, SF (CF), lag in working days
//	constraint       restricción                 ASAP, SNET, FNET, SNLT, FNLT, MSO, MFO
//	constraint_date  fecha_restricción
//	deadline         fecha_límite, límite
//	done             avance                      percent
//	actual_start     comienzo_real
//	actual_finish    fin_real
//	baseline_start   comienzo_base
//	baseline_finish  fin_base
//	contact          responsable
//	notes            notas
//
// Days are written 2026-03-24 and read so or as 24/3/2026. In the names of
// columns accents, capitals, blanks and underscores do not matter. Computed days
// are not read, except from a table that has no column for predecessors nor one
// for constraints: there a start is the day before which a task may not begin.
// A row without a duration takes as long as from its start to its finish.
//
// A text that a spreadsheet would run as a formula is written with an
// apostrophe before it, which reading takes away.
package plansheet
