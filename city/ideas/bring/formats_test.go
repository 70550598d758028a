package bring_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"ronda/city/ideas/bring"
)

const (
	newDecidim = "id;author/id;author/name;author/url;taxonomies/id;taxonomies/name;participatory_space/url;title/ca;title/es;title/machine_translations/es;body/ca;body/es;address;latitude;longitude;state;answer/es;answered_at;votes;likes/total_count;comments;published_at;url;is_amend;withdrawn;created_at\n" +
		`41;9;Ana Pérez;https://d.example/profiles/ana;3;"Movilidad, Zona Norte";https://d.example/p/1;Carril;Carril bici;;Cos;"<p>Por la avenida.</p>";Av. 1;-34.6;-58.4;accepted;"<p>Lo haremos.</p>";2024-05-01 10:00:00 UTC;;3;2;2024-01-02 10:00:00 UTC;https://www.d.example/proposals/41;false;false;2023-01-01` + "\n" +
		`42;;;;;;;Només català;;Automática;El cos;;;95;0;;;;7;;0;2024-01-03;https://www.d.example/proposals/42;false;true;2024-01-03` + "\n" +
		`43;;;;;;;;Enmienda;;;"Otro texto";;;;;;;;;;2024-01-03;;true;false;` + "\n"
	oldDecidim = "id;category/id;category/name/es;scope/id;scope/name/ca;scope/name/es;title/es;body/es;state;reference;supports;endorsements/total_count;followers;created_at;url\n" +
		`5;1;Cultura;2;Nord;Zona Norte;Biblioteca;"Más libros";rejected;R-1;18;2;4;2019-01-01 10:00:00 UTC;https://old.example/processes/x/f/1/proposals/5` + "\n"
	results = "id;title/es;status/key;status/name/es;progress;url;proposal_urls\n1;Obra de la ciclovía;doing;En marcha;40;https://www.d.example/results/1;\"https://www.d.example/proposals/41, https://www.d.example/proposals/99\"\n"
	users   = "id;name;nickname;about\n1;Ana Pérez;ana;hola\n"
)

func zipped(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDecidimOfToday(t *testing.T) {
	rows := read(t, bring.Decidim, newDecidim, bring.Options{})
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	a := rows[0]
	if a.ID != "proposals/41" || a.Source != "d.example" || a.Title != "Carril bici" || a.Text != "Por la avenida." || a.Answer != "Lo haremos." || a.Signature != "" {
		t.Errorf("%+v", a)
	}
	if a.Lat != -34.6 || a.Lon != -58.4 || a.AnsweredAt.IsZero() || a.Created.Year() != 2024 || !slices.Equal(a.Tags, []string{"movilidad", "zona-norte"}) {
		t.Errorf("%+v", a)
	}
	b := rows[1]
	if b.Title != "Només català" || b.Text != "El cos" || !b.Withdrawn || b.Supports != 7 || b.Lat != 0 || !slices.Contains(b.Mended, bring.MendedPlace) {
		t.Errorf("what stands in another language, off the map: %+v", b)
	}
	if rows[2].Why != bring.WhyAmends {
		t.Errorf("an amendment is %q", rows[2].Why)
	}
}

func TestDecidimOfYears(t *testing.T) {
	r := read(t, bring.Decidim, oldDecidim, bring.Options{})[0]
	if r.ID != "proposals/5" || r.Source != "old.example" || r.Title != "Biblioteca" || r.Supports != 18 || r.Place != "Zona Norte" || r.Withdrawn || !slices.Equal(r.Tags, []string{"cultura"}) {
		t.Errorf("%+v", r)
	}
}

func TestDecidimWithTranslatedHeadings(t *testing.T) {
	text := "Título;Descripción;Estado;Reto asociado;Enlace;Nombre autor;Email autor;Fecha de creación;Publicada\n" +
		"Sensores;Medir el ruido;;Ruido;https://s.example/solutions/8;Ana;ana@correo.example;01/02/2023;Sí\n" +
		"Borrador;Nadie lo vio;;Ruido;https://s.example/solutions/9;Ana;ana@correo.example;01/02/2023;No\n"
	rows := read(t, bring.Decidim, text, bring.Options{Names: true})
	if rows[0].ID != "solutions/solutions/8" || rows[0].Title != "Sensores" || rows[0].Created.Year() != 2023 || rows[0].Why != "" {
		t.Errorf("%+v", rows[0])
	}
	if rows[1].Why != bring.WhyUnseen {
		t.Errorf("what is not published is %q", rows[1].Why)
	}
	for _, r := range rows {
		if strings.Contains(r.Signature+r.Text+r.Title, "@") {
			t.Errorf("an address of mail is kept: %+v", r)
		}
	}
}

// TestDecidimAsAZIP sees that a ZIP gives its ideas with what came of them, and
// that the list of accounts in it stays closed.
func TestDecidimAsAZIP(t *testing.T) {
	text := zipped(t, "README.md", "# Open data", "d.example-open-data-users.csv", users, "d.example-open-data-proposals.csv", newDecidim,
		"d.example-open-data-ideas.csv", "", "d.example-open-data-results.csv", results, "__MACOSX/._d.example-open-data-proposals.csv", "\x00\x05")
	report, err := bring.Import(t.Context(), nil, bring.Decidim, strings.NewReader(text), bring.Options{}, trial)
	if err != nil {
		t.Fatal(err)
	}
	if report.Source != "d.example" || report.Taken != 2 || report.Quarantined != 1 || report.Rows[0].File != "d.example-open-data-proposals.csv" || report.Rows[0].Line != 2 {
		t.Errorf("%+v", report)
	}
	if !slices.Contains(report.Left, "d.example-open-data-users.csv") || len(report.Left) != 3 {
		t.Errorf("closed: %q", report.Left)
	}
	rows := read(t, bring.Decidim, text, bring.Options{})
	if want := "Lo haremos.\n\n→ Obra de la ciclovía · En marcha · 40 % · https://www.d.example/results/1"; rows[0].Answer != want {
		t.Errorf("the answer is %q", rows[0].Answer)
	}
	if key := refusal(t, bring.Decidim, zipped(t, "d.example-open-data-users.csv", users), bring.Options{}); key != "ideas.bring.nothing" {
		t.Errorf("accounts alone: %q", key)
	}
}

func TestZIPsThatAreBombs(t *testing.T) {
	text := zipped(t, "proposals.csv", newDecidim+strings.Repeat("\n", 40<<20))
	if key := refusal(t, bring.Decidim, text, bring.Options{}); key != "ideas.bring.bomb" {
		t.Errorf("40 MiB in %d kB: %q", len(text)>>10, key)
	}
	limits := bring.Usual
	limits.Entries = 2
	if key := refusal(t, bring.Decidim, zipped(t, "a", "", "b", "", "proposals.csv", newDecidim), bring.Options{Limits: limits}); key != "ideas.bring.bomb" {
		t.Errorf("many files: %q", key)
	}
	broken := []byte(zipped(t, "proposals.csv", newDecidim))
	copy(broken[60:], "xxxxxxxxxx")
	if key := refusal(t, bring.Decidim, string(broken), bring.Options{}); key != "ideas.bring.packed" {
		t.Errorf("a damaged ZIP: %q", key)
	}
}

func TestConsulPages(t *testing.T) {
	one := `{"data":{"proposals":{"pageInfo":{"endCursor":"Mg"},"edges":[
		{"node":{"id":"1","title":"Fuente","description":"<p>Agua</p>","public_created_at":"2024-01-02 10:00:00 +0100","cached_votes_up":12,"comments_count":3,
			"public_author":{"username":"ana"},"geozone":{"name":"Norte"},"tags":{"edges":[{"node":{"name":"Agua"}}]},"comments":{"edges":[{"node":{"id":"8","body":"sí"}}]}}},
		{"node":{"id":2,"title":["nada"],"description":null}}]}}}`
	two := `{"data":{"budgets":{"nodes":[{"id":"1","name":"2024","investments":{"nodes":[{"id":"1","title":"Plaza","description":"Bancos","location":"Sur","public_author":null}]}}]}}}`
	rows := read(t, bring.Consul, "\ufeff"+one+"\n"+two, bring.Options{Source: "consul.example"})
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	a, broken, b := rows[0], rows[1], rows[2]
	if a.ID != "proposals/1" || a.Text != "Agua" || a.Supports != 12 || a.Comments != 3 || a.Place != "Norte" || a.Signature != "" || !slices.Equal(a.Tags, []string{"agua"}) || a.Created.IsZero() {
		t.Errorf("%+v", a)
	}
	if broken.Why != bring.WhyBroken || broken.Line != 2 {
		t.Errorf("%+v", broken)
	}
	if b.ID != "investments/1" || b.Place != "Sur" || b.Why != "" || b.Source != "consul.example" {
		t.Errorf("%+v", b)
	}
	if rows := read(t, bring.Consul, "["+one+","+two+"]", bring.Options{}); len(rows) != 3 {
		t.Errorf("pages in a list: %d rows", len(rows))
	}
	if rows := read(t, bring.Consul, `{"proposals":[{"id":1,"title":"Fuente","description":"Agua"}]}`, bring.Options{}); len(rows) != 1 || rows[0].Why != "" {
		t.Errorf("a list without edges: %+v", rows)
	}
}

func TestConsulInvestments(t *testing.T) {
	text := "ID,Título,Descripción,Admin,Evaluadores,Grupos,Partida,Viabilidad,Fin,Informe,Seleccionado,Mostrar,Autor\n" +
		"7,Plaza,Bancos nuevos,Jefa (jefa@ciudad.example),,,Barrio Norte,Inviable,Sí,No hay lugar,No,No,Ana Pérez\n"
	r := read(t, bring.Consul, text, bring.Options{Names: true})[0]
	if r.ID != "investments/7" || r.Title != "Plaza" || r.Place != "Barrio Norte" || r.Answer != "No hay lugar" || r.Signature != "" || r.Why != "" {
		t.Errorf("%+v", r)
	}
}

func TestFiderPosts(t *testing.T) {
	text := "number,title,description,created_at,created_by,votes_count,comments_count,status,responded_by,responded_at,response,original_number,original_title,tags\n" +
		"1,Bancos,Más bancos,2024-01-02T10:00:00Z,Ana,5,2,completed,Jefa,2024-02-02T10:00:00Z,Ya están,,,\"plaza, muebles\"\n" +
		"2,Más bancos,,2024-01-03T10:00:00Z,Luis,1,0,duplicate,Jefa,2024-02-02T10:00:00Z,,1,Bancos,\n" +
		"2,Otra vez,,2024-01-03T10:00:00Z,Luis,1,0,open,,,,,,\n" +
		",Sin número,,2024-01-03T10:00:00Z,Luis,1,0,open,,,,,,\n"
	rows := read(t, bring.Fider, text, bring.Options{Source: "ideas.example"})
	if a := rows[0]; a.ID != "posts/1" || a.Answer != "Ya están" || a.AnsweredAt.IsZero() || a.Supports != 5 || len(a.Tags) != 2 || a.Original != "" {
		t.Errorf("%+v", a)
	}
	if b := rows[1]; b.Original != "posts/1" || b.Why != "" {
		t.Errorf("%+v", b)
	}
	if rows[2].Why != bring.WhyTwice || rows[3].Why != bring.WhyNoID {
		t.Errorf("%q and %q", rows[2].Why, rows[3].Why)
	}
}

func TestReadingStopsWhenAsked(t *testing.T) {
	n := 0
	err := bring.Read(bring.ConsulMadrid, strings.NewReader(wellMade), bring.Options{}, func(bring.Row) error { n++; return bring.ErrStop })
	if err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
	mine := errors.New("mine")
	if err := bring.Read(bring.ConsulMadrid, strings.NewReader(wellMade), bring.Options{}, func(bring.Row) error { return mine }); !errors.Is(err, mine) {
		t.Errorf("the caller's error became %v", err)
	}
}

// TestWhatIsMended sees that long and untitled texts come in whole, and that a
// person may take what looks like garbage.
func TestWhatIsMended(t *testing.T) {
	long := strings.Repeat("palabra ", 30)
	text := headLine + "\n1;" + long + ";Algo más;;;\n2;https://x.example/a;El texto dice\notra cosa;;;\n3;Título;" + strings.Repeat("ñandú ", 7000) + ";;ayer;\n4;Test;;;;"
	text = strings.Replace(text, "El texto dice\notra cosa", "\"El texto dice\notra cosa\"", 1)
	rows := read(t, bring.ConsulMadrid, text, bring.Options{Accept: []string{"proposals/4"}})
	if r := rows[0]; len([]rune(r.Title)) > 120 || !strings.HasPrefix(r.Text, strings.TrimSpace(long)+"\n\nAlgo más") || !slices.Equal(r.Mended, []string{bring.MendedLength}) {
		t.Errorf("%+v", r)
	}
	if r := rows[1]; r.Title != "El texto dice" || !slices.Equal(r.Mended, []string{bring.MendedTitle}) {
		t.Errorf("%+v", r)
	}
	if r := rows[2]; len([]rune(r.Text)) > 40_000 || !slices.Equal(r.Mended, []string{bring.MendedDay, bring.MendedText}) {
		t.Errorf("%d, %q", len([]rune(r.Text)), r.Mended)
	}
	if r := rows[3]; r.Why != "" || !slices.Equal(r.Mended, []string{bring.MendedWill}) {
		t.Errorf("%+v", r)
	}
}
