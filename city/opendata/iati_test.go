package opendata_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ronda/city/delivery/budget"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable/roundtest"
)

// schemas are where the standard's own schemas lie beside the project.
const schemas = "../../../shared/data/iati"

// carried is an adopted initiative beside one in the round.
func (w *town) carried() string {
	w.Helper()
	number := w.Filed("Aulas <que> emprenden & crecen", nil)
	w.Filed("Otra en la ronda", nil)
	w.Must(w.DB.Write(w.As(), func(ctx context.Context) error {
		_, err := w.DB.Exec(ctx, `UPDATE roundtable_initiative SET state = 'adopted', decided_at = filed_at + 86400000000 WHERE number = $1`, number)
		return err
	}))
	return number
}

// measured defines an indicator and measures it, as the people in charge do.
func (w *town) measured(number string) {
	w.Helper()
	i, err := w.impact.Define(w.As(roundtest.Proposer), number, impact.Definition{Name: "Chicos con proyecto", Kind: impact.Outcome, Social: true, Unit: "chicos", Direction: impact.Up,
		Baseline: impact.Of(1200), BaselineDay: "2025-12-31", Target: impact.Of(180000), TargetDay: "2027-12-31", Source: "Relevamiento", Every: impact.Quarterly, Post: roundtest.Proposer})
	w.Must(err)
	_, err = w.impact.Report(w.As(roundtest.Proposer), impact.Reading{Initiative: number, Indicator: i.Number, Period: "2025-Q4", Value: "1500", Evidence: "https://example.org/a"})
	w.Must(err)
}

// The portfolio is an IATI file in the eyes of the standard's own schema.
func TestThePortfolioIsValidIATI(t *testing.T) {
	run(t, func(w *town) {
		number := w.carried()
		w.measured(number)
		w.funded(number)
		text := file(w, "/datos/iati.xml")
		var got struct {
			Activities []struct {
				ID     string   `xml:"iati-identifier"`
				Titles []string `xml:"title>narrative"`
				Status struct {
					Code string `xml:"code,attr"`
				} `xml:"activity-status"`
				Budgets []string `xml:"budget>value"`
				Results []struct {
					Periods []struct {
						Actual struct {
							Value string `xml:"value,attr"`
						} `xml:"actual"`
					} `xml:"indicator>period"`
				} `xml:"result"`
			} `xml:"iati-activity"`
		}
		w.Must(xml.Unmarshal(text, &got))
		if len(got.Activities) != 2 {
			w.Fatalf("%d activities", len(got.Activities))
		}
		a := got.Activities[1]
		if !strings.HasSuffix(a.ID, number) || len(a.Titles) != 2 || a.Status.Code != "2" || len(a.Results) != 1 || a.Results[0].Periods[0].Actual.Value != "1500" ||
			len(a.Budgets) != 1 || a.Budgets[0] != "1000000.50" {
			w.Errorf("the activity: %+v", a)
		}
		valid(w, text)
		var package1 struct {
			Releases []struct {
				OCID     string
				Planning struct {
					Budget struct{ ID, ProjectID string }
				}
			}
		}
		w.Must(json.Unmarshal(file(w, "/datos/ocds.json"), &package1))
		if len(package1.Releases) != 1 || package1.Releases[0].Planning.Budget.ID != "2026/40.1" || package1.Releases[0].Planning.Budget.ProjectID != a.ID {
			w.Errorf("the planning links: %+v", package1)
		}
	})
}

// funded gives the initiative money of a law.
func (w *town) funded(number string) {
	w.Helper()
	v, err := w.Roundtable.View(w.As(), number)
	w.Must(err)
	law := budget.Law{Year: 2026, Number: "Ley 6.804", Day: "2025-12-10", Currency: "ARS", Lines: 1, At: w.Now, Version: 1}
	line := budget.Line{ID: "l1", Year: 2026, Code: "40.1", Institution: "Educación", Name: "Proyectos", Figures: budget.Figures{Original: 200_000_050, Credit: 200_000_050, Drawn: 100_000_050}}
	draw := budget.Draw{ID: "d1", Line: "l1", Year: 2026, Initiative: v.Initiative.ID, Amount: 100_000_050, At: w.Now}
	w.Must(w.DB.Write(w.As(), func(ctx context.Context) error {
		for table, row := range map[string]any{"budget_law": law, "budget_line": line, "budget_draw": draw} {
			if err := w.DB.Insert(ctx, table, row); err != nil {
				return err
			}
		}
		return nil
	}))
}

func valid(w *town, text []byte) {
	w.Helper()
	schema := filepath.Join(schemas, "iati-activities-schema.xsd")
	if _, err := os.Stat(schema); err != nil {
		w.Skip("the schemas of IATI are not beside the project: what the file holds was looked at, its validity was not")
	}
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		w.Skip("xmllint is not installed (scripts/need installs it): what the file holds was looked at, its validity was not")
	}
	name := filepath.Join(w.TempDir(), "iati.xml")
	w.Must(os.WriteFile(name, text, 0o600))
	if out, err := exec.Command(lint, "--noout", "--nonet", "--schema", schema, name).CombinedOutput(); err != nil {
		w.Errorf("not valid: %v\n%.2000s", err, out)
	}
}
