package opinion

import (
	"reflect"
	"strings"
	"testing"
)

func TestBothFilesGiveTheSameVotes(t *testing.T) {
	for _, name := range []string{"london.youth.policing", "brexit-consensus", "vtaiwan.uberx"} {
		wide, long := load(t, name), mustRead(t, name)
		a, b := wide.matrix(), long.matrix()
		if !reflect.DeepEqual(a.people, b.people) || a.cells != b.cells || !reflect.DeepEqual(a.statements, b.statements) || !reflect.DeepEqual(a.rows, b.rows) {
			t.Errorf("%s: %d votes of %d people and %d votes of %d", name, a.cells, len(a.people), b.cells, len(b.people))
		}
	}
}

func mustRead(t *testing.T, name string) *Votes {
	t.Helper()
	v, err := Read(open(t, name, "votes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestReadFindsColumnsByName(t *testing.T) {
	for name, text := range map[string]string{
		"plain":        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\na,0,0,2,1,1,1,-1\nb,,0,1,0,0,,0\n",
		"with xid":     "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\na,x,0,0,2,1,1,1,-1\nb,,,0,1,0,0,,0\n",
		"shuffled":     "1,n-votes,participant,0\n-1,2,a,1\n0,1,b\n",
		"votes":        "timestamp,datetime,comment-id,voter-id,vote\n3,x,0,a,1\n1,x,1,a,-1\n2,x,1,b,0\n",
		"out of order": "vote,voter-id,comment-id,timestamp\n1,a,0,9\n-1,a,0,2\n1,a,1,1\n-1,a,1,5\n0,b,1,1\n",
		"unstamped":    "comment-id,voter-id,vote\n0,a,-1\n0,a,1\n1,a,-1\n1,b,0\n",
	} {
		v, err := Read(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m := v.matrix()
		want := [][]answer{{{0, Agree}, {1, Disagree}}, {{1, Pass}}}
		if !reflect.DeepEqual(m.people, []string{"a", "b"}) || !reflect.DeepEqual(m.rows, want) {
			t.Errorf("%s: %v %v", name, m.people, m.rows)
		}
	}
}

func TestReadNamesWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"participant,0\na,1\nb,yes\n":           "line 3: statement 0: vote \"yes\"",
		"participant,0\n,1\n":                   "line 2: no participant",
		"participant,0\na,1,1\n":                "line 2: 3 cells under 2 columns",
		"comment-id,voter-id,vote\n0,,1\n":      "line 2: no voter",
		"comment-id,voter-id,vote\n0,a,agree\n": "line 2: vote \"agree\"",
		"id,title\n1,x\n":                       "neither",
		"<html>":                                "HTML",
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if _, err := ReadLabels(strings.NewReader("participant\n1\n")); err == nil {
		t.Error("labels without groups pass")
	}
	if _, err := ReadComments(strings.NewReader("comment-id\n1\n")); err == nil {
		t.Error("comments without moderation pass")
	}
}

func FuzzRead(f *testing.F) {
	f.Add("participant,0,1\na,1,-1\nb,,0\n")
	f.Add("timestamp,comment-id,voter-id,vote\n1,0,a,1\n")
	f.Add("sep=;\nparticipant;0\n\xff;1")
	f.Fuzz(func(t *testing.T, text string) {
		v, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		m, state := Draw(v, State{})
		if again, _ := Draw(v, state); len(again.Places) != len(m.Places) {
			t.Fatal("the second map has other people")
		}
		m.Public()
	})
}
