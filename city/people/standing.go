package people

import (
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/platform/clock"
)

// The roles an account may have beside its posts.
const (
	RoleAdministrator = "administrator" // accounts, roles, bodies, city data; never signs by it
	RoleFacilitator   = "facilitator"   // runs meetings and moderates for the Coordination
)

// Roles lists the roles.
var Roles = []string{RoleAdministrator, RoleFacilitator}

// Holding is a post that a person may act for on a day, as its holder or by
// delegation.
type Holding struct {
	Post, Body     string // codes
	BodyKind, Rank string // charter.Kind of the body, charter.Rank of the post
	Ministry       string // code of the ministry above Body (or of the top body), Body itself when it is one
	Direction      string // code of the general direction Body is or belongs to, empty without one
	Path           []string
	Signs          bool      // the post signs for its body
	Delegated      bool      // acts for the holder
	From, To       clock.Day // of the term or the delegation, closed-open
}

// Attends is the rank with which the person sits at a meeting: that of the post,
// or delegate when another person holds it.
func (h Holding) Attends() string {
	if h.Delegated {
		return string(charter.RankDelegate)
	}
	return h.Rank
}

// Within says whether the post's body is body or stands below it. Path lists
// the body and all above it, nearest first.
func (h Holding) Within(body string) bool {
	return body != "" && (h.Body == body || slices.Contains(h.Path, body))
}

// Standing is what a person is on a day: the posts and roles that policies ask
// for. The zero value is an anonymous visitor.
type Standing struct {
	Person   string // id
	Name     string
	Posts    []Holding // own posts first, by rank
	Roles    []string
	Invented bool // a person of the demonstration
}

// SignedIn says whether this is a known person.
func (s Standing) SignedIn() bool { return s.Person != "" }

// Official says whether the person may act for some post today.
func (s Standing) Official() bool { return len(s.Posts) > 0 }

// HasRole says whether the account has the role today.
func (s Standing) HasRole(role string) bool { return slices.Contains(s.Roles, role) }

// Administrator says whether the account administers the program.
func (s Standing) Administrator() bool { return s.HasRole(RoleAdministrator) }

// In is the post of that body which the person may act for, own posts before
// delegated ones and those that sign before others.
func (s Standing) In(body string) (Holding, bool) {
	return s.best(func(h Holding) bool { return h.Body == body })
}

// Holds is the person's hold on that post.
func (s Standing) Holds(post string) (Holding, bool) {
	return s.best(func(h Holding) bool { return h.Post == post })
}

// Within says whether a post of the person is of that body or of one below it.
func (s Standing) Within(body string) bool {
	return slices.ContainsFunc(s.Posts, func(h Holding) bool { return h.Within(body) })
}

// Bodies are the codes of the bodies the person may act for, each once.
func (s Standing) Bodies() []string {
	var codes []string
	for _, h := range s.Posts {
		if !slices.Contains(codes, h.Body) {
			codes = append(codes, h.Body)
		}
	}
	return codes
}

func (s Standing) best(fits func(Holding) bool) (best Holding, found bool) {
	for _, h := range s.Posts {
		if fits(h) && (!found || h.weight() > best.weight()) {
			best, found = h, true
		}
	}
	return best, found
}

func (h Holding) weight() int {
	w := 0
	if !h.Delegated {
		w += 2
	}
	if h.Signs {
		w++
	}
	return w
}

type standingKey struct{}

// Me is who makes the request, the zero Standing for an anonymous visitor.
func Me(ctx context.Context) Standing {
	s, _ := ctx.Value(standingKey{}).(Standing)
	return s
}

// Asking is what a person is today: Me when it is the person who makes the request,
// as a desk asks a dozen modules about one person.
func (m *Module) Asking(ctx context.Context, person string) (Standing, error) {
	if me := Me(ctx); me.SignedIn() && me.Person == person {
		return me, nil
	}
	return m.Standing(ctx, person)
}

// With gives a context in which s acts.
func With(ctx context.Context, s Standing) context.Context {
	return context.WithValue(ctx, standingKey{}, s)
}
