package people

import (
	"context"

	"ronda/platform/clock"
)

// HolderOn is who held the post on a day by term, whoever acted for them; with
// several seats, whoever had held one longest. ok is false when it was vacant.
func (m *Module) HolderOn(ctx context.Context, post string, day clock.Day) (person string, ok bool, err error) {
	all, err := m.HoldersOn(ctx, post, day)
	if err != nil || len(all) == 0 {
		return "", false, err
	}
	return all[0], true, nil
}
