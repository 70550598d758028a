package similar

import (
	"errors"
	"fmt"
	"io"

	"ronda/method/sheet"
)

// Text is a text to compare: an id, a title and a description, which may hold
// HTML.
type Text struct{ ID, Title, Body string }

// Read returns the texts of a CSV table with the columns id, title and
// description in any order. Rows without any cell are passed over; a row
// without an id, or with an id seen before, is an error that names its line.
func Read(r io.Reader) ([]Text, error) {
	table, err := sheet.Open(r)
	if err != nil {
		return nil, err
	}
	id, title := table.Column("id"), table.Column("title")
	body := table.Column("description")
	if id < 0 || title < 0 && body < 0 {
		return nil, errors.New("the table needs the columns id, title and description")
	}
	var texts []Text
	seen := map[string]int{}
	for {
		row, err := table.Next()
		if err == io.EOF {
			return texts, nil
		}
		if err != nil {
			return nil, err
		}
		text := Text{sheet.Cell(row, id), sheet.Cell(row, title), sheet.Cell(row, body)}
		if text == (Text{}) {
			continue
		}
		if err := named(text.ID, table.Line(), seen); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
}

// named notes the line of an id and refuses a missing or repeated one.
func named(id string, line int, seen map[string]int) error {
	if id == "" {
		return fmt.Errorf("line %d: no id", line)
	}
	if first, ok := seen[id]; ok {
		return fmt.Errorf("line %d: id %s again, first on line %d", line, id, first)
	}
	seen[id] = line
	return nil
}
