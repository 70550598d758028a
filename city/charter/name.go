package charter

import (
	"slices"

	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// Name is what a thing is called, by language.
type Name map[i18n.Lang]string

// In is the name in lang; when the city does not speak it, in the first
// language of the program that it does speak. Empty only for an empty name.
func (n Name) In(lang i18n.Lang) string {
	if s, ok := n[lang]; ok {
		return s
	}
	for _, l := range i18n.Langs {
		if s, ok := n[l]; ok {
			return s
		}
	}
	return ""
}

// Entry is what everything on a list of the charter has.
type Entry struct {
	Code  string    // identifies it for good, e.g. "obras"
	Name  Name      // in every language of the city
	About Name      // a sentence or two of explanation; nil without one
	From  clock.Day // first day of its validity, empty: since ever
	To    clock.Day // first day after its validity, empty: still valid
}

// Key is the code.
func (e Entry) Key() string { return e.Code }

// Self is the entry alone, of whatever is listed with one.
func (e Entry) Self() Entry { return e }

// ActiveOn says whether it is valid on the day.
func (e Entry) ActiveOn(day clock.Day) bool { return day.Within(e.From, e.To) }

// Coded is what a List holds: every type that embeds Entry.
type Coded interface {
	Key() string
	ActiveOn(clock.Day) bool
}

// List holds things in the order of the file and finds them by code. The zero
// List is empty.
type List[T Coded] struct {
	all   []T
	index map[string]int
}

func newList[T Coded](all []T) List[T] {
	l := List[T]{all: all, index: make(map[string]int, len(all))}
	for i, x := range all {
		if _, ok := l.index[x.Key()]; !ok && x.Key() != "" {
			l.index[x.Key()] = i
		}
	}
	return l
}

// Get is the thing with that code.
func (l List[T]) Get(code string) (T, bool) {
	i, ok := l.index[code]
	if !ok {
		var none T
		return none, false
	}
	return l.all[i], true
}

// Has says whether there is a thing with that code.
func (l List[T]) Has(code string) bool {
	_, ok := l.index[code]
	return ok
}

// Place is where the thing with that code stands in the city's files, counted from
// 1; 0 when there is none.
func (l List[T]) Place(code string) int {
	if i, ok := l.index[code]; ok {
		return i + 1
	}
	return 0
}

// All is everything, past and future too. The slice is the caller's.
func (l List[T]) All() []T { return slices.Clone(l.all) }

// On is what is valid on the day.
func (l List[T]) On(day clock.Day) []T {
	var active []T
	for _, x := range l.all {
		if x.ActiveOn(day) {
			active = append(active, x)
		}
	}
	return active
}

// Len is the number of things, past and future too.
func (l List[T]) Len() int { return len(l.all) }
