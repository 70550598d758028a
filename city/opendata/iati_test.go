package opendata_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ronda/city/roundtable/roundtest"
)

// schemas are where the standard's own schemas lie beside the project.
const schemas = "../../../shared/data/iati"

// The portfolio is an IATI file in the eyes of the standard's own schema.
func TestThePortfolioIsValidIATI(t *testing.T) {
	run(t, func(w *town) {
		number := w.adopted("Aulas <que> emprenden & crecen")
		w.Filed("Otra en la ronda", nil)
		w.measured(number)
		w.funded(number)
		w.Must(w.delivery.HandOver(w.As(roundtest.Proposer), number, "min-desarrollo-economico", "Todo listo para empezar."))
		w.Must(w.delivery.Accept(w.As(minister), number, "La tomamos."))
		text := file(w, "/datos/iati.xml")
		var got struct {
			Activities []struct {
				ID     string   `xml:"iati-identifier"`
				Titles []string `xml:"title>narrative"`
				Status struct {
					Code string `xml:"code,attr"`
				} `xml:"activity-status"`
				Orgs []struct {
					Role string `xml:"role,attr"`
					Ref  string `xml:"ref,attr"`
				} `xml:"participating-org"`
				Dates []struct {
					Type string `xml:"type,attr"`
					Date string `xml:"iso-date,attr"`
				} `xml:"activity-date"`
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
		a := got.Activities[len(got.Activities)-1]
		if !strings.HasSuffix(a.ID, number) || len(a.Titles) != 2 || a.Status.Code != "2" || len(a.Results) != 1 || a.Results[0].Periods[0].Actual.Value != "1500" ||
			len(a.Budgets) != 1 || a.Budgets[0] != "1000000.50" {
			w.Errorf("the activity: %+v", a)
		}
		for _, o := range a.Orgs {
			if o.Role != "1" && !strings.HasSuffix(o.Ref, "-min-desarrollo-economico") {
				w.Errorf("who took it over neither answers nor carries it out: %+v", a.Orgs)
			}
		}
		if len(a.Dates) != 2 || a.Dates[1].Type != "2" || a.Dates[1].Date != w.Now.Format(time.DateOnly) {
			w.Errorf("it began when it was taken over: %+v", a.Dates)
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

// A file of the standard has an activity at least: a city without any has no file,
// and everything as one leaves it out.
func TestNoPortfolioNoFile(t *testing.T) {
	run(t, func(w *town) {
		if w.Get("", "/datos/iati.xml").Code != http.StatusNotFound {
			w.Error("a file without activities is given")
		}
		if all := file(w, "/datos/todo.zip"); bytes.Contains(all, []byte("iati.xml")) || !bytes.Contains(all, []byte("informes.csv")) {
			w.Error("the whole holds a file without activities, or lacks a list")
		}
	})
}

// valid asks the schema, where it and xmllint are there.
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
