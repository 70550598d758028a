package charter_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/platform/i18n"
)

// files are the texts of the small city, to break.
func files(t testing.TB) charter.Files {
	t.Helper()
	fsys, err := cities.Open("villaflores")
	if err != nil {
		t.Fatal(err)
	}
	f, err := charter.ReadFiles(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// edit changes the only place where old stands in a file.
func edit(t testing.TB, f charter.Files, name, old, new string) {
	t.Helper()
	if n := strings.Count(f[name], old); n != 1 {
		t.Fatalf("%q stands %d times in %s", old, n, name)
	}
	f[name] = strings.Replace(f[name], old, new, 1)
}

func TestBrokenFilesSayWhereAndWhatToDo(t *testing.T) {
	cases := []struct{ name, file, old, new, want string }{
		// The form of the file.
		{"no YAML", "adoption.yaml", "decide: [intendente]", "decide: [intendente", "adoption.yaml:3: this is not YAML"},
		{"a tab", "adoption.yaml", "answer_days: 7", "\tanswer_days: 7", "adoption.yaml:4: this is not YAML"},
		{"Latin letters of one byte", "adoption.yaml", "# Departments", "# Secretar\xedas", "adoption.yaml:1: this line holds bytes that are no text"},
		{"a control character", "adoption.yaml", "answer_days: 7", "answer_days: 7\x00", "adoption.yaml:4: this line holds bytes"},
		{"an alias of nothing", "adoption.yaml", "answer_days: 7", "answer_days: *b", "adoption.yaml: this is not YAML (unknown anchor 'b'"},
		{"an indentation of its own", "adoption.yaml", "opinion_days: 15", " opinion_days: 15", "adoption.yaml:5: this is not YAML"},
		{"a quote left open", "adoption.yaml", "due_soon_days: 2", "due_soon_days: \"2", "adoption.yaml:6: this is not YAML"},
		{"a second document", "adoption.yaml", "due_soon_days: 2\n", "due_soon_days: 2\n---\nx: 1\n", "adoption.yaml:7: a second document"},
		{"a key with a slip", "adoption.yaml", "answer_days: 7", "anwser_days: 7", "adoption.yaml:4: nothing here is called anwser_days; did you mean answer_days?"},
		{"a key of nobody", "adoption.yaml", "answer_days: 7", "answer_days: 7\nmotto: Adelante", "adoption.yaml:5: nothing here is called motto"},
		{"a key twice", "adoption.yaml", "answer_days: 7", "answer_days: 7\nanswer_days: 8", "adoption.yaml:5: answer_days stands here and in line 4"},
		{"a list where one value goes", "adoption.yaml", "answer_days: 7", "answer_days: [7]", "adoption.yaml:4: answer_days has to be a single value"},
		{"a value where a list goes", "adoption.yaml", "[intendente]", "intendente", "adoption.yaml:3: decide has to be a list"},
		{"a value where a mapping goes", "adoption.yaml", "{show: 0.3, explain: 0.7}", "0.3", "adoption.yaml:7: keys and values are expected here"},
		{"an alias", "adoption.yaml", "answer_days: 7\nopinion_days: 15", "answer_days: &a 7\nopinion_days: *a", "adoption.yaml:5: references with * are not read"},
		{"a number in words", "adoption.yaml", "answer_days: 7", "answer_days: seven", "adoption.yaml:4: answer_days can not be seven; write a number from 1 to 365"},
		{"a share above one", "adoption.yaml", "explain: 0.7", "explain: 70", "adoption.yaml:7: explain can not be 70"},
		{"no number at all", "adoption.yaml", "explain: 0.7", "explain: .nan", "adoption.yaml:7: explain can not be .nan"},
		{"explained before shown", "adoption.yaml", "explain: 0.7", "explain: 0.1", "adoption.yaml:7: explain is below show"},
		{"an empty list", "adoption.yaml", "[intendente]", "[]", "adoption.yaml:3: decide is empty"},
		{"listed twice", "adoption.yaml", "[intendente]", "[intendente, intendente]", "adoption.yaml:3: intendente is listed twice"},
		{"a choice that is none", "adoption.yaml", "[ministry, coordination]", "[ministry, minister]", "adoption.yaml:2: proposers can not be minister; choose one of: mayor_office"},
		{"a kind nobody is of", "adoption.yaml", "[ministry, coordination]", "[laboratory]", "adoption.yaml:2: no body is of the kind laboratory"},
		{"decides and may not sign", "posts.yaml", "rank: mayor, signs: true", "rank: mayor", "adoption.yaml:3: intendente decides but may not sign"},

		// The city.
		{"a zone that is none", "city.yaml", "America/Montevideo", "America/Villa_Flores", "city.yaml:10: there is no time zone America/Villa_Flores"},
		{"the zone of the machine", "city.yaml", "America/Montevideo", "Local", "city.yaml:10: there is no time zone Local"},
		{"a country that is none", "city.yaml", "country: UY", "country: Uruguay", "city.yaml:9: country can not be Uruguay"},
		{"a currency that is none", "city.yaml", "UYU", "pesos", "city.yaml:11: currency can not be pesos"},
		{"a language nobody speaks", "city.yaml", "[es, en]", "[es, en, pt]", "city.yaml:12: languages can not be pt"},
		{"a prefix in small letters", "city.yaml", "PROP", "Prop-", "city.yaml:13: number_prefix can not be Prop-"},
		{"a goal that is none", "city.yaml", `["6"]`, `["18"]`, "city.yaml:15: there is no development goal with the code 18"},

		// Bodies and posts.
		{"a missing translation", "bodies.yaml", "{es: Intendencia, en: Mayor's Office}}", "{es: Intendencia}}", "bodies.yaml:18: name has no words in en; add en: ..."},
		{"an empty translation", "bodies.yaml", "{es: Concejo Deliberante, en: City Council}", "{es: Concejo Deliberante, en: ''}", "bodies.yaml:22: en is missing"},
		{"a code with an accent", "bodies.yaml", "code: concejo", "code: Concejó", "bodies.yaml:22: code can not be Concejó"},
		{"a code twice", "bodies.yaml", "code: obras, kind", "code: hacienda, kind", "bodies.yaml:20: the code hacienda is already taken in bodies.yaml:19"},
		{"a parent that is none", "bodies.yaml", "hacienda, kind: ministry, parent: intendencia", "hacienda, kind: ministry, parent: intendecia", "bodies.yaml:19: there is no body with the code intendecia; did you mean intendencia?"},
		{"a circle", "bodies.yaml", "code: intendencia, kind: mayor_office", "code: intendencia, kind: mayor_office, parent: obras", "bodies.yaml:18: intendencia stands above itself"},
		{"its own parent", "bodies.yaml", "code: concejo, kind: other", "code: concejo, kind: other, parent: concejo", "bodies.yaml:22: concejo stands above itself"},
		{"a kind without a word", "bodies.yaml", "  other: {es: Organismo, en: Body}\n", "", "bodies.yaml:21: other has no name; add it under kinds"},
		{"an office of nobody", "bodies.yaml", "engineering: obras", "engineering: puentes", "bodies.yaml:15: there is no body with the code puentes"},
		{"no coordination", "bodies.yaml", "  coordination: mesa\n", "", "bodies.yaml:12: no body is the coordination"},
		{"a day that is none", "bodies.yaml", "concejo, kind: other", "concejo, kind: other, from: 2023-02-29", "bodies.yaml:22: from can not be 2023-02-29"},
		{"ends before it begins", "bodies.yaml", "concejo, kind: other", "concejo, kind: other, from: 2023-02-28, to: 2023-02-28", "bodies.yaml:22: it ends on 2023-02-28 but begins on 2023-02-28"},
		{"successor of the living", "bodies.yaml", "concejo, kind: other", "concejo, kind: other, from: 2023-01-01, successor_of: [obras]", "bodies.yaml:22: concejo succeeds obras, but"},
		{"successor before the end", "bodies.yaml", "concejo, kind: other", "concejo, kind: other, from: 2023-01-01, successor_of: [viejo]}\n  - {code: viejo, kind: other, to: 2023-06-01",
			"bodies.yaml:22: concejo begins before viejo ends on 2023-06-01"},
		{"child and parent apart", "bodies.yaml", "code: mesa, kind: coordination, parent: intendencia", "code: mesa, kind: coordination, from: 2023-01-01, parent: viejo}\n  - {code: viejo, kind: other, to: 2020-01-01",
			"bodies.yaml:21: mesa and viejo share no day"},
		{"a board of nowhere", "bodies.yaml", "territory: norte", "territory: este", "bodies.yaml:23: there is no territory with the code este"},
		{"a post in no body", "posts.yaml", "body: mesa", "body: meza", "posts.yaml:11: there is no body with the code meza; did you mean mesa?"},
		{"a rank that is none", "posts.yaml", "rank: coordinator", "rank: boss", "posts.yaml:11: rank can not be boss"},
		{"no seats", "posts.yaml", "seats: 5", "seats: 0", "posts.yaml:12: seats can not be 0; write a number from 1 to 500"},
		{"a flag in words", "posts.yaml", "signs: true, seats: 5", "signs: yes, seats: 5", "posts.yaml:12: signs can not be yes; choose one of: true, false"},

		// Steps.
		{"signs and never signs", "steps.yaml", "[accounts, coordination]", "[engineering]", "steps.yaml:34: engineering signs this step, but never names engineering"},
		{"the same body under another office", "steps.yaml", "office: communication\n", "office: communication\n    never: [coordination]\n", "steps.yaml:44: communication signs this step, but never names coordination, which is the same body"},
		{"a signer that is none", "steps.yaml", "office: engineering", "office: ingeniero", "steps.yaml:33: there is no office with the code ingeniero"},
		{"nobody to sign", "posts.yaml", "body: obras, rank: minister, signs: true", "body: obras, rank: minister", "steps.yaml:33: nobody can sign for engineering; give the body obras a post with signs: true"},
		{"a step without items", "steps.yaml", "    items:\n      - {code: cartel", "    items: []\n    was:\n      - {code: cartel", "steps.yaml:45: items is empty"},
		{"a step that forgot its items", "steps.yaml", "    items:\n      - {code: cartel", "    was:\n      - {code: cartel", "steps.yaml:39: items is missing"},
		{"a wrong number", "steps.yaml", "number: 3", "number: 4", "steps.yaml:30: this step has the number 4 but stands in place 3"},
		{"waits for a later one", "steps.yaml", "parallel_with: [vecinos]", "parallel_with: [aviso]", "steps.yaml:35: parallel_with names aviso, which is not an earlier step"},
		{"a threshold without figure", "steps.yaml", "evidence: [figure, note]\n        threshold", "evidence: [note]\n        threshold", "steps.yaml:27: a threshold needs a figure"},
		{"a threshold out of reach", "steps.yaml", "{min: 15, ", "{min: 15, of: 10, ", "steps.yaml:27: the threshold 15 is above the greatest possible 10"},
		{"presence of nobody", "steps.yaml", "    attendance: coordination\n", "", "steps.yaml:27: presence needs an office"},
		{"an item of two steps", "steps.yaml", "code: plano", "code: asamblea", "steps.yaml:38: the code asamblea is already taken in steps.yaml:23"},

		// The territory and the development goals.
		{"two tiles at one place", "territories.yaml", "{col: 0, row: 1}", "{col: 0, row: 0}", "territories.yaml:9: sur and norte share the tile in column 0, row 0"},
		{"two cities", "territories.yaml", "sur, level: district, parent: villa-flores", "sur, level: city", "territories.yaml:7: 2 territories are of level city"},
		{"a part of a part of its own level", "territories.yaml", "sur, level: district, parent: villa-flores", "sur, level: district, parent: norte", "territories.yaml:9: a district lies in a city, but norte is a district"},
		{"a part of nothing", "territories.yaml", "sur, level: district, parent: villa-flores", "sur, level: district", "territories.yaml:9: parent is missing"},
		{"the city in a part", "territories.yaml", "level: city, name", "level: city, parent: norte, name", "territories.yaml:7: the city lies in nothing"},
		{"a target of another goal", "sdg.yaml", `code: "1.1"`, `code: "2.9"`, "sdg.yaml:14: target 2.9 does not begin with 1."},
		{"a long text", "city.yaml", "es: Mesa Abierta", "es: " + strings.Repeat("a", charter.MaxText+1), "city.yaml:8: es is longer than"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := files(t)
			edit(t, f, c.file, c.old, c.new)
			expect(t, f, c.want)
		})
	}
}

// expect wants a mistake that begins so, and every mistake in whole sentences of
// both languages.
func expect(t *testing.T, f charter.Files, want string) {
	t.Helper()
	_, err := charter.Parse(f)
	var errs charter.Errors
	if !errors.As(err, &errs) {
		t.Fatalf("accepted, want %q", want)
	}
	if !strings.Contains("\n"+errs.Error(), "\n"+want) {
		t.Errorf("got:\n%v\nwant a line that begins with:\n%s", errs, want)
	}
	for _, lang := range i18n.Langs {
		for line := range strings.SplitSeq(errs.In(lang), "\n") {
			if strings.Contains(line, "charter.") || strings.Contains(line, "<no value>") {
				t.Errorf("no sentence in %s: %s", lang, line)
			}
		}
	}
}

func TestMissingAndStrayFiles(t *testing.T) {
	for name := range files(t) {
		f := files(t)
		delete(f, name)
		expect(t, f, name+": the file is missing")
		f[name] = "# nothing\n"
		expect(t, f, name+": the file is empty")
		f[name] = strings.Repeat("#", 2<<20)
		expect(t, f, name+": the file is larger")
	}
	f := files(t)
	f["step.yaml"] = "a: 1\n"
	expect(t, f, "step.yaml: no city has a file of this name")
}

func TestEveryMistakeAtOnceInOrder(t *testing.T) {
	f := files(t)
	edit(t, f, "steps.yaml", "number: 3", "number: 9")
	edit(t, f, "bodies.yaml", "engineering: obras", "engineering: puentes")
	edit(t, f, "bodies.yaml", "code: concejo", "code: Concejó")
	edit(t, f, "city.yaml", "UYU", "pesos")
	_, err := charter.Parse(f)
	var got []string
	for line := range strings.SplitSeq(fmt.Sprint(err), "\n") {
		where, _, _ := strings.Cut(line, ": ")
		got = append(got, where)
	}
	same(t, "places", got, []string{"bodies.yaml:15", "bodies.yaml:22", "city.yaml:11", "city.yaml:14", "steps.yaml:30"})
}

// Whatever line a slip of the hand removes, the reader answers in its terms.
func TestALostLineNeverBreaksTheReader(t *testing.T) {
	whole := files(t)
	for name, text := range whole {
		if name == "sdg.yaml" {
			continue // the same form 186 times
		}
		lines := strings.SplitAfter(text, "\n")
		for i := range lines {
			f := maps.Clone(whole)
			f[name] = strings.Join(lines[:i], "") + strings.Join(lines[i+1:], "")
			check(t, f)
		}
	}
}

// check wants either a charter that can be used or mistakes with places.
func check(t *testing.T, f charter.Files) {
	t.Helper()
	c, err := charter.Parse(f)
	if err == nil {
		use(c)
		return
	}
	var errs charter.Errors
	if !errors.As(err, &errs) || len(errs) == 0 || errs.Error() == "" {
		t.Fatalf("no mistakes, but %v", err)
	}
	for _, p := range errs {
		if last := strings.Count(f[p.File], "\n") + 1; p.Line < 0 || p.Line > last || p.File == "" {
			t.Fatalf("%s has %d lines: %v", p.Where(), last, errs)
		}
	}
}

// use asks a charter everything that would go round in circles or miss a thing
// if it were not sound.
func use(c *charter.Charter) {
	for _, b := range c.Bodies.All() {
		c.Path(b.Code)
		c.Heirs(b.Code, day2013)
	}
	for _, s := range c.Flow.Steps.All() {
		c.Flow.Before(s.Code)
		c.Flow.After(s.Code)
		c.CanSign(s, c.Office(s.Office))
	}
	c.Whole()
	charter.Diff(c, c)
}

func FuzzParse(f *testing.F) {
	whole := files(f)
	whole["sdg.yaml"] = `{framework: 2015, goals: [{code: "6", name: {es: a, en: a}, targets: [{code: "6.1", name: {es: a, en: a}}]}]}`
	for name, text := range whole {
		f.Add(name, text)
	}
	f.Add("city.yaml", "a: &a [*a]")
	f.Add("bodies.yaml", "<<: {code: x}\n? [a, b] : c\n")
	f.Add("steps.yaml", "steps: [{number: 1e9, items: [null, ~, [], {}]}]\norder: !!binary aGk=")
	f.Add("frame.yaml", "{")
	f.Add("frame.yaml", "axes:\r\n  - code: a\u2028b\n")
	f.Add("posts.yaml", "\xff\xfe\x00posts:")
	f.Add("frame.yaml", "%YAML 1.2\n---\naxes: !<tag:x> {}")
	f.Fuzz(func(t *testing.T, name, text string) {
		if _, ok := whole[name]; !ok {
			return
		}
		broken := maps.Clone(whole)
		broken[name] = text
		check(t, broken)
	})
}
