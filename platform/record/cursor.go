package record

import "context"

// cursor reads rows in order of position, a page at a time.
type cursor[T any] struct {
	read     func(ctx context.Context, from int64) ([]T, error)
	position func(T) int64
	from     int64 // where the next page begins
	page     []T
	done     bool
}

// below takes the next row if its position is below the bound.
func (c *cursor[T]) below(ctx context.Context, bound int64) (row T, ok bool, err error) {
	if len(c.page) == 0 && !c.done {
		if c.page, err = c.read(ctx, c.from); err != nil {
			return row, false, err
		}
		if c.done = len(c.page) == 0; !c.done {
			c.from = c.position(c.page[len(c.page)-1]) + 1
		}
	}
	if len(c.page) == 0 || c.position(c.page[0]) >= bound {
		return row, false, nil
	}
	row, c.page = c.page[0], c.page[1:]
	return row, true, nil
}
