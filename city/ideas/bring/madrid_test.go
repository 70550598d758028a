package bring_test

import (
	"os"
	"strings"
	"testing"

	"ronda/city/ideas/bring"
)

const realProposals = "../../../../shared/data/ideas/decide-madrid-proposals.csv.gz"

// read is every row of a text in a format.
func read(t testing.TB, f bring.Format, text string, o bring.Options) []bring.Row {
	t.Helper()
	var rows []bring.Row
	err := bring.Read(f, strings.NewReader(text), o, func(r bring.Row) error {
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestRealProposals reads what the city of Madrid published. The 156 rows that are
// set aside were read one by one, and so was every other row with a word of a
// probe, a very short title or an address in it: none of the 156 is an idea, and
// none of the others is a probe. All probes fall on three days, and their numbers
// follow one another, which the test holds on to.
func TestRealProposals(t *testing.T) {
	file, err := os.Open(realProposals)
	if err != nil {
		t.Skip("the proposals of Madrid are not here: " + realProposals)
	}
	defer file.Close()
	aside, taken, untitled := map[string]int{}, 0, 0
	err = bring.Read(bring.ConsulMadrid, file, bring.Options{}, func(r bring.Row) error {
		said := strings.ToLower(r.Title + " " + r.Text)
		switch day := r.Created.Format("2006-01-02"); {
		case r.Why != "":
			aside[r.Why]++
			if day != "2024-04-08" && day != "2025-03-08" && day != "2025-03-09" {
				t.Errorf("%s of %s is set aside (%s): %q", r.ID, day, r.Why, r.Title)
			}
		case strings.Contains(said, "ssrf"), strings.HasPrefix(said, "test"), strings.Contains(said, "onclick"):
			t.Errorf("%s is taken: %q", r.ID, r.Title)
		default:
			taken++
			if len(r.Mended) > 0 {
				untitled++
			}
		}
		if r.Title == "" || r.Created.IsZero() || r.Line == 0 {
			t.Errorf("%s has no title, day or line", r.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if taken != 2738-156 || aside[bring.WhyProbe] != 128 || aside[bring.WhyTest] != 27 || aside[bring.WhyScript] != 1 || len(aside) != 3 {
		t.Errorf("%d rows taken, set aside %v", taken, aside)
	}
	t.Logf("%d rows taken, %d of them mended, set aside %v", taken, untitled, aside)
}

// TestTheWholeListOfMadrid reads the columns that the full list has.
func TestTheWholeListOfMadrid(t *testing.T) {
	text := "id;title;description;cached_votes_up;comments_count;hot_score;confidence_score;created_at;summary;video_url;geozone_id;retired_at;retired_reason;retired_explanation;proceeding;sub_proceeding;author_name\n" +
		`35;Una fuente;"<p>Que ande.</p>";1.204;7;1;2;31/12/2024 10;"Falta agua";http://10.0.0.1/x;3;2025-01-02 10:00:00 +0100;duplicated;;;;Ana Pérez`
	r := read(t, bring.ConsulMadrid, text, bring.Options{})[0]
	if r.Text != "Falta agua\n\nQue ande." || r.Supports != 1204 || r.Comments != 7 || !r.Withdrawn || r.URL != "https://decide.madrid.es/proposals/35" {
		t.Errorf("%+v", r)
	}
	if r.Signature != "" {
		t.Error("somebody's name is kept though nobody asked for names")
	}
	r = read(t, bring.ConsulMadrid, text, bring.Options{Names: true, Source: "otra.example"})[0]
	if r.Signature != "Ana Pérez" || r.Source != "otra.example" || r.URL != "" {
		t.Errorf("%+v", r)
	}
}
