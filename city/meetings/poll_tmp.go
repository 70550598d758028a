package meetings

import "context"

func (m *Module) slots(ctx context.Context, meeting, me string) ([]Slot, error) { return nil, nil }
func (m *Module) wishes(ctx context.Context, meeting string) ([]Wish, error)    { return nil, nil }
