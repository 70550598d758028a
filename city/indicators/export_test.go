package indicators

import "context"

// Held says whether the facts behind the kept picture are held.
func (m *Module) Held() bool { return m.behind.Load() != nil }

// Refresh makes a new picture as Run does again and again.
func (m *Module) Refresh(ctx context.Context) { m.recompute(ctx) }
