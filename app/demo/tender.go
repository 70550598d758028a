package demo

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"ronda/city/ideas"
)

// neighbourhood is ideas/neighbours.yaml: the people who think along, and what
// tells one voice from another.
type neighbourhood struct {
	People []string                     `yaml:"people"` // "Name; code of a neighbourhood"
	Places map[string]map[string]string `yaml:"places"` // what {plaza} and other words in braces are in a neighbourhood
	Voices []string                     `yaml:"voices"` // how somebody ends a text that others have begun
}

// neighbour is an invented person without a post.
type neighbour struct {
	key, name, place string
	camp             int // which answers come easily, see statement
}

// camps is how many ways of seeing things there are among the neighbours.
const camps = 3

// tender is one challenge with its ideas, or the standing door: a file of ideas/.
type tender struct {
	Name       string      `yaml:"-"`
	Rules      *rules      `yaml:"rules"` // absent: the standing door
	Drafts     []proposal  `yaml:"drafts"`
	Ideas      []proposal  `yaml:"ideas"`
	Statements []statement `yaml:"statements"`
	Voters     int         `yaml:"voters"`  // who answer the statements
	Ballots    int         `yaml:"ballots"` // who vote
	Graded     *graded     `yaml:"graded"`
	Acts       []deed      `yaml:"acts"`

	number, id string // once it is told
}

// rules are those of a challenge; days count from today, money is in pesos.
type rules struct {
	By         string            `yaml:"by"`      // who drafts and opens it, signs for the body
	Drafted    int               `yaml:"drafted"` // day
	StaysDraft bool              `yaml:"stays_draft"`
	Title      string            `yaml:"title"`
	Question   string            `yaml:"question"`
	Terms      string            `yaml:"terms"`
	Body       string            `yaml:"body"`
	Axis       string            `yaml:"axis"`
	Prize      string            `yaml:"prize"`
	Territory  string            `yaml:"territory"`
	Opens      int               `yaml:"opens"`
	Closes     int               `yaml:"closes"`
	VoteOpens  *int              `yaml:"vote_opens"`
	VoteCloses *int              `yaml:"vote_closes"`
	Budget     int64             `yaml:"budget"`
	Jury       []string          `yaml:"jury"` // keys of persons
	Criteria   []ideas.Criterion `yaml:"criteria"`
	Method     ideas.Method      `yaml:"method"`
	Ballot     string            `yaml:"ballot"`
	MaxChoices int               `yaml:"max_choices"`
	AnswerDays int               `yaml:"answer_days"`
	Statements bool              `yaml:"statements"`
}

// proposal is an idea, with what became of it. Days called after count from its
// publication.
type proposal struct {
	Key      string   `yaml:"key"` // by which acts and families call it
	Day      *int     `yaml:"day"` // by lot if absent
	By       string   `yaml:"by"`  // key of a person; by lot, from the place, if absent
	Place    string   `yaml:"place"`
	Title    string   `yaml:"title"`
	Text     string   `yaml:"text"`
	Sign     string   `yaml:"sign"`
	Supports *int     `yaml:"supports"` // by lot if absent
	Comments []string `yaml:"comments"` // "> " answers the last one; "[key] " says who
	Owes     string   `yaml:"owes"`     // key of whoever the answer is given to
	Answer   *reply   `yaml:"answer"`
	Edit     *reply   `yaml:"edit"` // another text
	Report   *reply   `yaml:"report"`
	Hide     *reply   `yaml:"hide"`
	Appeal   *reply   `yaml:"appeal"`
	Restore  *reply   `yaml:"restore"`
	Withdraw *reply   `yaml:"withdraw"`
	Family   *kinship `yaml:"family"`
	Cost     int64    `yaml:"cost"`  // pesos
	Lean     string   `yaml:"lean"`  // how many of ten in each camp vote for it: "925"
	Merit    string   `yaml:"merit"` // what a juror would grade, criterion by criterion: "452"
	Like     *echo    `yaml:"like"`
}

// reply is a text about an idea some days after it was published.
type reply struct {
	After   int           `yaml:"after"`
	By      string        `yaml:"by"`
	Text    string        `yaml:"text"`
	Outcome ideas.Outcome `yaml:"outcome"`
}

// kinship asks that the idea and another one be a family.
type kinship struct {
	With  string `yaml:"with"`
	Why   string `yaml:"why"`
	After int    `yaml:"after"`
	Waits bool   `yaml:"waits"` // for the consent of the other
}

// echo is the same thought as other people had it elsewhere: the words in braces
// are those of the place, and each speaks with a voice of their own.
type echo struct {
	Title string   `yaml:"title"`
	Text  string   `yaml:"text"`
	In    []string `yaml:"in"`
}

// statement is a sentence to agree with, and how many of ten in each camp do.
type statement struct {
	Text   string `yaml:"text"`
	By     string `yaml:"by"`  // who adds it; empty: sown by the body
	Day    int    `yaml:"day"` // for those
	Lean   string `yaml:"lean"`
	Reject *struct {
		Cause string `yaml:"cause"`
		Why   string `yaml:"why"`
		Day   int    `yaml:"day"`
	} `yaml:"reject"`
}

// graded says when the jury grades, and which part of its ideas of ten.
type graded struct {
	From int `yaml:"from"`
	To   int `yaml:"to"`
	Part int `yaml:"part"`
}

// deed is an act on a challenge, see duties.
type deed struct {
	Day    int    `yaml:"day"`
	By     string `yaml:"by"`
	Do     string `yaml:"do"`
	Text   string `yaml:"text"`
	Places int    `yaml:"places"`
	Closes int    `yaml:"closes"`
}

const neighboursFile = "neighbours.yaml"

// loadIdeas reads the folder ideas of a city, if it has one.
func loadIdeas(fsys fs.FS, city string, days calendar) (n neighbourhood, all []tender, err error) {
	files, err := fs.Glob(fsys, path.Join(city, "ideas", "*.yaml"))
	if err != nil {
		return n, nil, err
	}
	for _, file := range files {
		if path.Base(file) == neighboursFile {
			err = decode(fsys, file, days, &n)
		} else {
			t := tender{Name: strings.TrimSuffix(path.Base(file), ".yaml")}
			if err = decode(fsys, file, days, &t); err == nil {
				err = t.check(file)
			}
			all = append(all, t)
		}
		if err != nil {
			return n, nil, err
		}
	}
	return n, all, nil
}

// decode reads one file strictly, with the days in its texts filled in.
func decode(fsys fs.FS, file string, days calendar, into any) error {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	decoder := yaml.NewDecoder(bytes.NewReader([]byte(days.fill(string(data)))))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// check finds what no use case would.
func (t tender) check(file string) error {
	for _, d := range t.Acts {
		if duties[d.Do] == nil {
			return fmt.Errorf("%s: nobody knows how to %q", file, d.Do)
		}
		if d.Day >= 0 {
			return fmt.Errorf("%s: day %d of %q is not past", file, d.Day, d.Do)
		}
	}
	for _, p := range t.Ideas {
		if p.Day != nil && *p.Day >= 0 {
			return fmt.Errorf("%s: day %d of %q is not past", file, *p.Day, p.Title)
		}
	}
	return nil
}

// The hour at which what begins or ends on a day does so.
const (
	begins = 9 * time.Hour
	ends   = 18 * time.Hour
)

// of gives the rules as the City of Ideas takes them.
func (r rules) of(t *teller) ideas.Rules {
	out := ideas.Rules{Title: r.Title, Question: strings.TrimSpace(r.Question), Terms: strings.TrimSpace(r.Terms), Body: r.Body, Axis: r.Axis, Prize: r.Prize,
		Territory: r.Territory, Opens: t.days.work(r.Opens).Add(begins), Closes: t.days.work(r.Closes).Add(ends), Budget: r.Budget * 100,
		Criteria: r.Criteria, Method: r.Method, BallotKind: r.Ballot, MaxChoices: r.MaxChoices, Moderation: ideas.ModerateAfter, HoldHours: 48,
		AnswerDays: r.AnswerDays, Statements: r.Statements}
	for _, key := range r.Jury {
		out.Jury = append(out.Jury, t.persons[key])
	}
	if r.VoteOpens != nil && r.VoteCloses != nil {
		out.VoteOpens, out.VoteCloses = t.days.work(*r.VoteOpens).Add(begins), t.days.work(*r.VoteCloses).Add(ends)
	}
	return out
}
