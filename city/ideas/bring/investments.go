package bring

import (
	"bufio"
	"cmp"
)

// investmentsWidth is how many columns the desk's list of investments has.
const investmentsWidth = 13

// Places of the columns that are read. Their headings are in the language of the
// person who took the list, and the others name officials.
const (
	atNumber, atTitle, atText = 0, 1, 2
	atHeading, atWhyNot       = 6, 9
)

// readInvestments reads the list of investments that CONSUL's desk gives out, by
// the places of its columns, or a list as Decide Madrid publishes it.
func (s *session) readInvestments(in *bufio.Reader) error {
	rows, head, err := s.open(in)
	if err != nil {
		return err
	}
	s.source = cmp.Or(s.source, string(Consul))
	if len(head.names) != investmentsWidth && isMadrid(head) {
		return s.madridRows(rows, head)
	}
	if len(head.names) != investmentsWidth {
		return missing("13")
	}
	return s.each(rows, func(rec record) draft {
		cell := func(at int) string { return field{at}.of(rec) }
		d := draft{title: cell(atTitle), text: cell(atText), place: cell(atHeading), answer: cell(atWhyNot)}
		d.identify("investments", cell(atNumber))
		return d
	})
}
