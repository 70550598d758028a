package opendata

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/web"
)

// release is the planning of an initiative in the words of OCDS 1.1: enough to join
// it with the tenders and contracts that other systems publish, and no more.
type release struct {
	OCID       string    `json:"ocid"`
	ID         string    `json:"id"`
	Date       time.Time `json:"date"`
	Tag        []string  `json:"tag"`
	Initiation string    `json:"initiationType"`
	Language   string    `json:"language"`
	Parties    []party   `json:"parties"`
	Buyer      whose     `json:"buyer"`
	Planning   planning  `json:"planning"`
}

type party struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
}

type whose struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type planning struct {
	Rationale string   `json:"rationale,omitempty"`
	Budget    budgeted `json:"budget"`
}

type budgeted struct {
	ID        string `json:"id,omitempty"`
	Project   string `json:"project"`
	ProjectID string `json:"projectID"`
	Amount    *money `json:"amount,omitempty"`
	URI       string `json:"uri"`
}

type money struct {
	Amount   float64 `json:"amount"`
	Currency string  `json:"currency"`
}

// writeOCDS writes a release for each line of a budget law that an adopted
// initiative draws on.
func (s *sources) writeOCDS(ctx context.Context, w io.Writer, told func(Skipped)) error {
	ctx = public(ctx, "ocds", told)
	p, err := s.gather(ctx, s.gatherDraws)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	head, err := json.Marshal(map[string]any{"uri": web.Origin(ctx) + "/datos/ocds.json", "version": "1.1", "publishedDate": clock.Now(ctx).UTC().Format(time.RFC3339),
		"license": License, "publisher": map[string]string{"name": p.charter.City.Name.In("es")}})
	if err != nil {
		return err
	}
	_, _ = out.Write(head[:len(head)-1]) // bufio keeps the first error for Flush
	_, _ = out.WriteString(`,"releases":[`)
	separator := "\n"
	err = s.Roundtable.Each(ctx, roundtable.Filter{}, func(i roundtable.Initiative) error {
		if i.State != roundtable.Adopted {
			return nil
		}
		for _, r := range p.releases(ctx, i) {
			text, err := json.Marshal(r)
			if err != nil {
				told(Skipped{Dataset: "ocds", Reference: i.Number, Why: whyBroken})
				continue
			}
			_, _ = out.WriteString(separator)
			_, _ = out.Write(text)
			separator = ",\n"
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, _ = out.WriteString("\n]}\n")
	return out.Flush()
}

// releases are those of one initiative; one without a budget where it draws on no
// line.
func (p *portfolio) releases(ctx context.Context, i roundtable.Initiative) []release {
	id, buyer := projectID(p.charter, i.Number), p.body(i.Ministry)
	r := release{OCID: id, ID: id, Date: i.Moved.UTC(), Tag: []string{"planning"}, Initiation: "tender", Language: "es",
		Planning: planning{Rationale: i.Change, Budget: budgeted{Project: i.Title, ProjectID: id, URI: web.Origin(ctx) + "/iniciativas/" + i.Number}}}
	if i.Ministry == "" {
		buyer.Name = p.charter.City.Name
	}
	r.Buyer = whose{ID: "ronda-" + p.charter.City.Code + "-" + i.Ministry, Name: buyer.Name.In("es")}
	r.Parties = []party{{ID: r.Buyer.ID, Name: r.Buyer.Name, Roles: []string{"buyer"}}}
	if len(p.draws[i.ID]) == 0 {
		return []release{r}
	}
	var out []release
	for _, d := range p.draws[i.ID] {
		x := r
		x.ID = id + "-" + strconv.Itoa(d.year) + "-" + d.code
		x.Planning.Budget.ID = strconv.Itoa(d.year) + "/" + d.code
		x.Planning.Budget.Amount = &money{units(d.amount), d.currency}
		x.Planning.Budget.URI = web.Origin(ctx) + "/presupuesto/" + strconv.Itoa(d.year) + "/partidas/" + d.code
		out = append(out, x)
	}
	return out
}
