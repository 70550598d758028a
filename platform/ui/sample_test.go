package ui

import (
	"context"
	"io"
	"os"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"ronda/platform/fault"
)

// The pages below are invented: they show every component with words of the
// length that real ones have.

// parts draws components one after another.
type parts []Component

func (p parts) Render(ctx context.Context, w io.Writer) error {
	for _, c := range p {
		if err := c.Render(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

func raw(html string) Component { return templ.Raw(html) }

// in draws outer with the parts as its children.
func in(outer Component, inner ...Component) Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, templ.ComponentFunc(parts(inner).Render)), w)
	})
}

var axisNames = []string{"Educar para el siglo XXI", "Ecosistema emprendedor y creativo", "Innovar para incluir", "Ciudad inteligente", "Posicionamiento internacional"}

func sampleFrame(title, path, current string) Frame {
	f := Frame{
		Title: title, Path: path, Place: "Ciudad de Buenos Aires", Origin: "https://ronda.example", SignIn: "/ingresar",
		Description: "En qué trabaja la Ciudad, quién firmó qué y qué cambió para la gente.",
		Demo: &Demo{Current: "citizen", Roles: []Option{
			{Value: "citizen", Text: "Vecina"}, {Value: "planning", Text: "DG Planificación y Control de Gestión"}, {Value: "coordination", Text: "Coordinación de la Mesa"},
		}},
		Record: &RecordMark{Size: 18204, At: time.Now().Add(-4 * time.Second)},
		Feeds:  []Link{{"/actos.atom", "Actos públicos"}},
		Links:  []Link{{"/datos", "Datos abiertos"}, {"/api/v1", "API"}, {"/accesibilidad", "Accesibilidad"}},
	}
	for _, item := range []NavItem{{Href: "/", Text: "Inicio"}, {Href: "/iniciativas", Text: "Iniciativas"}, {Href: "/ideas", Text: "Ideas"}, {Href: "/reuniones", Text: "Reuniones"}, {Href: "/datos", Text: "Datos"}} {
		item.Current = item.Text == current
		f.Nav = append(f.Nav, item)
	}
	return f
}

func signedIn(f Frame) Frame {
	f.SignIn = ""
	f.User = &UserMenu{Name: "Ana Robles (ejemplo)", Role: "Dirección General de Planificación y Control de Gestión", Desk: "/escritorio", Account: "/cuenta", SignOut: "/salir", Owed: 4, AtDesk: true}
	return f
}

func sampleCards() Cards {
	return Cards{
		{Href: "/i/42", Number: "INI-2026-0042", Title: "Aprendizajes significativos", Lead: "Cada escuela pública arma un proyecto emprendedor.", Axis: 1, AxisName: axisNames[0], Seats: "ssscoo", State: State{Tone: Now, Text: "Paso 4 en curso"}, Meta: "Ministerio de Educación"},
		{Href: "/i/7", Number: "INI-2026-0007", Title: "Eco Bici", Lead: "200 estaciones automáticas, con la app o la tarjeta.", Axis: 4, AxisName: axisNames[3], Seats: "ssssss", State: State{Tone: Good, Text: "Adoptada"}, Meta: "Transporte"},
		{Href: "/i/19", Number: "INI-2026-0019", Title: "WiFi para la inclusión", Lead: "Internet gratis donde menos se llega.", Axis: 3, AxisName: axisNames[2], Seats: "sscooo", State: State{Tone: Now, Text: "Paso 3 en curso"}, Meta: "Modernización"},
		{Href: "/i/23", Number: "INI-2026-0023", Title: "Territorio creativo", Lead: "Talleres, máquinas y oficinas para quienes crean.", Axis: 2, AxisName: axisNames[1], Seats: "sroooo", State: State{Tone: Bad, Text: "Devuelta con observaciones", Icon: "back"}, Meta: "Economía creativa"},
		{Href: "/i/3", Number: "INI-2026-0003", Title: "BA ID", Lead: "Una sola identidad para todo lo de la Ciudad.", Axis: 4, AxisName: axisNames[3], Seats: "sffssc", State: State{Tone: Warn, Text: "Dos pasos a revisar"}, Meta: "Modernización"},
		{Href: "/i/51", Number: "INI-2026-0051", Title: "Plataforma para empresas que salen al mundo", Lead: "Trámites, contactos y financiamiento en un solo lugar.", Axis: 5, AxisName: axisNames[4], Seats: "cooooo", State: State{Tone: Now, Text: "Paso 1 en curso"}, Meta: "Desarrollo económico"},
	}
}

func sampleTiles() TileMap {
	at := map[int][2]int{12: {1, 0}, 13: {2, 0}, 11: {0, 1}, 15: {1, 1}, 14: {2, 1}, 2: {3, 1}, 10: {0, 2}, 6: {1, 2}, 5: {2, 2}, 3: {3, 2}, 1: {4, 2}, 9: {0, 3}, 7: {1, 3}, 4: {2, 3}, 8: {1, 4}}
	values := []float64{0, 31, 12, 18, 44, 16, 9, 27, 52, 21, 13, 8, 15, 0, 22, 19}
	m := TileMap{Label: "Iniciativas activas por comuna", Unit: "Iniciativas", Column: "Comuna"}
	for i := 1; i <= 15; i++ {
		n := tenth(float64(i))
		m.Tiles = append(m.Tiles, Tile{Col: at[i][0], Row: at[i][1], Label: "C" + n, Name: "Comuna " + n, Value: values[i], Href: "/iniciativas?comuna=" + n})
	}
	return m
}

func sampleTimeline() Timeline {
	return Timeline{More: Link{"#", "Ver toda la historia"}, Items: []Moment{
		{Tone: Good, Title: "Adoptada: Eco Bici", Href: "#", When: "hoy, 10:40", Stamp: "2026-11-23T13:40:00Z", Meta: "Jefatura de Gabinete, acta 31 de la reunión mensual", Proof: "/registro/18204"},
		{Tone: Bad, Icon: "back", Title: "Devuelta: Territorio creativo", Href: "#", When: "ayer, 17:05", Meta: "Coordinación de la Mesa", Text: "Falta el acuerdo con dos comunas.\nCuando esté, vuelve al paso 2.", Proof: "/registro/18190"},
		{Tone: Now, Title: "BA ID entra al paso 6, comunicación", Href: "#", When: "lunes", Meta: "Planificación firmó alcance e indicadores", Proof: "/registro/18133"},
		{Tone: Warn, Title: "Dos pasos de BA ID quedan a revisar", When: "lunes", Meta: "El paso 2 se reabrió", Internal: "Interno"},
		{Axis: 1, Title: "Nació de una idea de Lucía M., barrio de Flores", When: "14 nov 2026", Meta: "Ciudad de Ideas, 1.204 apoyos"},
		{Title: "Se cargó el legajo", When: "12 nov 2026"},
	}}
}

func homePage() Component {
	f := sampleFrame("", "/", "Inicio")
	f.Bleed = true
	var chips parts
	for i, name := range axisNames {
		chips = append(chips, Axis{Index: i + 1, Name: name, Href: "/iniciativas?eje=" + tenth(float64(i+1))})
	}
	words := parts{raw(`<h1>La ronda donde la Ciudad decide qué cambiar</h1><p class="lead">Mirá en qué trabaja cada ministerio, quién firmó qué, y qué cambió para la gente. Y si tenés una idea, traela.</p>`),
		Buttons{{Text: "Proponé una idea", Href: "/ideas/nueva"}, {Text: "Ver iniciativas", Href: "/iniciativas", Weight: Quiet}},
		Figures{{"47", "iniciativas en ronda", "/iniciativas"}, {"12", "adoptadas este año", ""}, {"68 %", "de los pasos firmados en término", ""}, {"9 días", "hasta la primera respuesta", ""}}}
	return in(f, in(Hero{Axis: 4, Art: sampleTiles()}, words...),
		raw(`<div class="wrap"><section><h2>En qué se trabaja hoy</h2><p class="chips">`), chips, raw(`</p>`), sampleCards(),
		raw(`</section><div class="two"><section><h2>Lo último que se decidió</h2>`), sampleTimeline(),
		raw(`</section><section><h2>¿Se habla de esto?</h2><p class="change ax5">41 menciones en 18 discursos este mes</p><p class="small muted">Del Jefe de Gobierno, el Jefe de Gabinete y los ministros. <a href="#">Cada una, con su frase</a></p>`),
		Bars{Label: "Menciones por eje", Items: []Bar{{Name: axisNames[0], Value: 18, Axis: 1}, {Name: axisNames[1], Value: 9, Axis: 2}, {Name: axisNames[2], Value: 7, Axis: 3}, {Name: axisNames[3], Value: 5, Axis: 4}, {Name: axisNames[4], Value: 2, Axis: 5}}},
		raw(`</section></div></div>`))
}

func sampleSteps() Steps {
	return Steps{
		{No: 1, Href: "#", Title: "Efectividad", Text: "Presupuesto, metas, cronograma, equipamiento y viabilidad legal", Meta: "Firmó Planificación y Control de Gestión, 12 mar 2026", Seat: SeatSigned},
		{No: 2, Href: "#", Title: "Discusión interna", Text: "Presentada y discutida en la reunión semanal 14", Meta: "Firmó Coordinación de la Mesa, 20 mar 2026", Seat: SeatStale},
		{No: 3, Href: "#", Title: "Reunión colaborativa", Text: "9 organismos, agenda común con 6 compromisos", Meta: "Devolvió Coordinación de la Mesa, 2 abr 2026", Seat: SeatReturned},
		{No: 4, Href: "#", Title: "Especialistas", Text: "2 de 3 confirmaciones; falta la de Infraestructura escolar", Meta: "Vence en 3 días", Seat: SeatCurrent, Now: true},
		{No: 5, Href: "#", Title: "Alcance e impacto", Text: "Indicadores con línea de base y meta", Meta: "Planificación", Seat: SeatOpen},
		{No: 6, Title: "Comunicación", Text: "Mensaje, público, voceros", Meta: "Coordinación de Comunicación", Seat: SeatOpen},
	}
}

func initiativePage() Component {
	f := sampleFrame("Aprendizajes significativos", "/iniciativas/INI-2026-0042", "Iniciativas")
	f.Bleed = true
	words := parts{Heading{Crumbs: []Link{{"/", "Inicio"}, {"/iniciativas", "Iniciativas"}}, Over: "INI-2026-0042", Title: "Aprendizajes significativos"},
		raw(`<p class="change">180.000 chicos arman un proyecto propio en su escuela pública antes de terminar la secundaria</p><p class="chips">`),
		Axis{Index: 1, Name: axisNames[0], Href: "#"}, State{Tone: Now, Text: "Paso 4 en curso"}, raw(`</p>`),
		raw(`<div class="actions">`), Button{Text: "Seguir", Href: "#"}, Button{Text: "Preguntar", Href: "#", Weight: Quiet, Icon: "chat"}, CopyLink{Href: "/iniciativas/INI-2026-0042"}, raw(`</div>`)}
	return in(f, in(Hero{Axis: 1, Art: Ring{Label: "Aprendizajes significativos", Seats: "sfrcoo", Axis: 1, Size: Large, Center: "3/6"}}, words...),
		raw(`<div class="wrap"><div class="two"><section><h2>Los seis pasos</h2>`), sampleSteps(),
		raw(`</section><section><h2>En números</h2>`), sampleFacts(), raw(`</section></div><div class="two"><section><h2>Toda la historia</h2>`), sampleTimeline(),
		raw(`</section><section><h2>Preguntas</h2>`),
		Notice{Tone: Info, Title: "¿Llega a las escuelas técnicas?", Text: "Responde la Dirección General de Planeamiento Educativo; quedan 2 días.", Link: Link{"#", "Ver las 3 preguntas"}},
		raw(`</section></div></div>`))
}

func sampleFacts() Facts {
	return Facts{
		{Name: "Ejecuta", Text: "Ministerio de Educación", Href: "#"}, {Name: "Con", Text: "Desarrollo Económico, 15 comunas"},
		{Name: "Presupuesto", Text: "$ 412 M de 3 partidas"}, {Name: "Ejecutado", View: Progress{Label: "Ejecutado", Done: 38, Whole: 100}},
		{Name: "Escuelas", View: Progress{Label: "Escuelas con proyecto", Done: 214, Whole: 646, Text: "214 de 646"}},
		{Name: "Por mes", View: Spark{Label: "Proyectos por mes, de 12 a 61", Values: []float64{12, 18, 17, 30, 41, 39, 55, 61}}},
	}
}

func deskPage() Component {
	f := signedIn(sampleFrame("Lo que esperan de vos", "/escritorio", ""))
	f.Flash = &Notice{Tone: Good, Title: "Firmaste el paso 1 de Capital semilla", Text: "Ya figura en el registro público."}
	return in(f, in(Heading{Over: "Dirección General de Planificación y Control de Gestión", Title: "Lo que esperan de vos", Lead: "Cuatro cosas. Dos minutos cada una."}),
		Owes{
			{Due: "hace 2 días", Tone: Bad, Title: "Firmar efectividad", Meta: "Capital semilla · Desarrollo Económico", Href: "#", Action: "Revisar y firmar", Main: true},
			{Due: "hoy", Tone: Now, Title: "Cargar la medición de marzo", Meta: "Eco Bici · viajes por día", Href: "#", Action: "Cargar"},
			{Due: "mañana", Tone: Now, Title: "Responder una pregunta", Meta: "Aprendizajes significativos · ¿Llega a las escuelas técnicas?", Href: "#", Action: "Responder"},
			{Due: "6 abr", Title: "Llevar el acuerdo con la Comuna 8", Meta: "Compromiso de la reunión mensual 31", Href: "#", Action: "Dar por hecho"},
		}, raw(`<section><h2>Lo que seguís</h2>`), sampleCards()[:3], raw(`</section>`))
}

func sampleFilters() Filters {
	f := Filters{Clear: "/iniciativas", Search: &SearchBox{Action: "/iniciativas", Label: "Buscar iniciativas", Hidden: []Pair{{"eje", "2"}}}}
	axes := FilterGroup{Name: "Eje"}
	for i, name := range axisNames {
		axes.Choices = append(axes.Choices, Choice{Text: name, Href: "#", Count: 9 - i, Axis: i + 1, On: i == 1})
	}
	f.Groups = []FilterGroup{axes, {Name: "Estado", Choices: []Choice{{Text: "En ronda", Href: "#", Count: 47}, {Text: "Adoptadas", Href: "#", Count: 12}, {Text: "Declinadas", Href: "#", Count: 1204}}}}
	return f
}

func boardPage() Component {
	cards := sampleCards()
	f := sampleFrame("Iniciativas", "/iniciativas?vista=tablero&eje=2", "Iniciativas")
	b := Board{Label: "Iniciativas por paso", Columns: []Column{
		{No: 1, Title: "Efectividad", Count: 14, Href: "#", Cards: cards[5:6]}, {No: 2, Title: "Discusión interna", Count: 1, Cards: cards[3:4]},
		{No: 3, Title: "Reunión colaborativa", Count: 1, Cards: cards[2:3]}, {No: 4, Title: "Especialistas", Count: 1, Cards: cards[0:1]},
		{No: 5, Title: "Alcance e impacto"}, {No: 6, Title: "Comunicación", Count: 1, Cards: cards[4:5]},
	}}
	return in(f, in(Heading{Title: "Iniciativas", Lead: "47 en ronda, por el paso en que están."}),
		Tabs{Label: "Vistas", Items: []NavItem{{Href: "#", Text: "Tablero", Current: true}, {Href: "#", Text: "Lista", Count: 47}, {Href: "#", Text: "Mapa"}, {Href: "#", Text: "Ejes"}}},
		sampleFilters(), b, Pager{Earlier: "#", Later: "#", Note: "47 iniciativas"})
}

func sampleTable() Table {
	return Table{Caption: "Organismos y lo que firmaron", Columns: []Head{{Text: "Organismo", Sort: "#", Sorted: Ascending}, {Text: "Función"}, {Text: "Firmas", Number: true, Sort: "#"}, {Text: "Pasos"}},
		Rows: []Row{
			{{Text: "Coordinación de la Mesa", Href: "#"}, {Text: "Pasos 2, 3 y 4"}, {Text: "1.204"}, {View: Ring{Seats: "osssoo", Size: Small}}},
			{{Text: "DG Planificación y Control de Gestión", Href: "#"}, {Text: "Pasos 1 y 5"}, {Text: "98"}, {View: Ring{Seats: "soooso", Size: Small}}},
		}}
}

// sampleForm is a form that came back with errors.
func sampleForm(ctx context.Context) Form {
	var check fault.Check
	check.Fail("title", "fault.required")
	check.Fail("change", "fault.too_long", "max", 80, "length", 101)
	check.Fail("axis", "fault.choice")
	check.Fail("mail", "fault.email")
	return Form{ID: "propose", Action: "/iniciativas/nueva", Files: true, Errors: ErrorsOf(ctx, check.Err()), Autosave: "/borrador",
		Hidden: []Pair{{"version", "7"}},
		Values: Values{"change": {"180.000 chicos arman un proyecto propio en su escuela pública antes de terminar la secundaria técnica"}, "mail": {"ana@"}, "purposes": {"creative", "inclusive"}, "comuna": {"8"}, "agree": {"true"}}}
}

func formFields(f Form) []Component {
	options := []Option{{Value: "1", Text: axisNames[0]}, {Value: "2", Text: axisNames[1], Hint: "Empresas nuevas, diseño, oficios."}, {Value: "3", Text: axisNames[2]}}
	return []Component{
		f.Field(Field{Name: "title", Label: "¿Cómo se llama?", Hint: "Pocas palabras, las que usarías al contarlo.", Required: true, Max: 120, Live: "/parecidas", Suggest: []string{"Eco Bici"}}),
		f.Field(Field{Name: "change", Label: "¿Qué cambia para la gente?", Kind: Area, Hint: "Una sola frase, con un número si lo hay.", Required: true, Max: 80, Rows: 3}),
		f.Field(Field{Name: "axis", Label: "Eje principal", Kind: Radios, Required: true, Options: options}),
		f.Field(Field{Name: "purposes", Label: "Propósitos", Kind: Checks, Hint: "Todos los que sirvan.", Options: []Option{{Value: "creative", Text: "Creativa"}, {Value: "inclusive", Text: "Inclusiva"}}}),
		in(Fieldset{Legend: "Dónde y cuándo", Number: 2}, f.Field(Field{Name: "comuna", Label: "Comuna", Kind: Select, Placeholder: "Toda la Ciudad", Options: []Option{{Value: "8", Text: "Comuna 8", Group: "Sur"}, {Value: "4", Text: "Comuna 4", Group: "Sur"}, {Value: "14", Text: "Comuna 14", Group: "Norte"}}}),
			f.Field(Field{Name: "from", Label: "Desde", Kind: Date, From: "2026-01-01"}), f.Field(Field{Name: "reach", Label: "Personas alcanzadas", Kind: Number, Unit: "personas"})),
		f.Field(Field{Name: "mail", Label: "Tu correo", Kind: Email, Required: true}),
		f.Field(Field{Name: "plan", Label: "Documento", Kind: File, Accept: ".pdf", MaxBytes: 5_000_000}),
		f.Field(Field{Name: "code", Label: "El código que te mandamos", Kind: Code, Required: true}),
		f.Field(Field{Name: "agree", Label: "Puede publicarse con el nombre de mi área", Kind: Check, Hint: "Podés cambiarlo después."}),
		Buttons{{Text: "Presentar"}, {Text: "Guardar y seguir después", Weight: Quiet, Name: "do", Value: "later"}},
	}
}

func formPage(ctx context.Context) Component {
	f := signedIn(sampleFrame("Contá la idea", "/iniciativas/nueva", "Iniciativas"))
	f.Narrow, f.Wrong = true, true
	form := sampleForm(ctx)
	return in(f, in(Heading{Crumbs: []Link{{"/", "Inicio"}, {"/iniciativas", "Iniciativas"}}, Title: "Contá la idea", Lead: "Un minuto. Después se completa."}), in(form, formFields(form)...))
}

// restPage shows what the other pages have not.
func restPage() Component {
	confirm := Form{ID: "return", Action: "/devolver"}
	f := signedIn(sampleFrame("Muestrario", "/muestrario", ""))
	return in(f, Problem{Kind: fault.Forbidden, ID: "0193a"}, sampleTable(), sampleGeo(),
		Notice{Tone: Good, Text: "Guardado."}, Notice{Tone: Warn, Title: "Se parece a otra", Text: "Eco Bici ya existe."}, Notice{Tone: Bad, Title: "No se pudo enviar el correo"},
		in(Confirm{Title: "Devolver a la dirección que la propuso", Text: "Verá tus observaciones y el legajo vuelve al paso 1.", Tone: Bad, Form: confirm, Yes: Button{Text: "Devolver", Weight: Danger}, Cancel: "/i/42"},
			confirm.Field(Field{Name: "remarks", Label: "Observaciones", Kind: Area, Required: true, Max: 500})),
		Conflict{Title: "Alguien guardó antes", Text: "Elegí qué queda en cada dato.", Who: "Bruno (ejemplo), hace 2 min", Rows: []ConflictRow{{"Problema", "Las escuelas no tienen taller.", "Las escuelas no tienen taller ni docentes de oficios."}, {"Título", "Igual", "Igual"}}},
		Empty{Title: "Todavía no seguís nada", Text: "Lo que sigas aparece acá, con lo que le pase.", Action: Link{"/iniciativas", "Ver iniciativas"}},
		raw(`<p>`), State{Tone: Plain, Text: "Pendiente"}, State{Tone: Good, Text: "Firmado"}, State{Tone: Now, Text: "En curso"}, State{Tone: Warn, Text: "A revisar"}, State{Tone: Bad, Text: "Devuelto"}, State{Tone: Info, Text: "Nuevo"}, raw(`</p>`),
		Ring{Seats: "ssco", Label: "Cuatro pasos", Axis: 2}, Ring{Seats: "s"}, Ring{Seats: "ssssrfcooooo", Axis: 8, Size: Large},
		Pager{Later: "#", Note: "2"}, Saved{Text: "Guardado 10:41", Hidden: []Pair{{"version", "8"}}})
}

// sampleGeo is a map of two islands, or of the shapes named by the variable
// RONDA_GALLERY_GEOJSON when somebody wants to look at real ones.
func sampleGeo() GeoMap {
	shapes := map[string]orb.Geometry{
		"a": orb.Polygon{{{-58.5, -34.6}, {-58.4, -34.6}, {-58.4, -34.5}, {-58.5, -34.5}, {-58.5, -34.6}}},
		"b": orb.MultiPolygon{{{{-58.4, -34.6}, {-58.3, -34.6}, {-58.3, -34.5}, {-58.4, -34.6}}}},
	}
	m := GeoMap{Label: "Iniciativas por comuna", Unit: "Iniciativas", Column: "Comuna", Places: []Place{{Code: "a", Name: "Comuna 1", Label: "C1", Value: 8, Href: "/c/1"}, {Code: "b", Name: "Comuna 2", Value: 3}}}
	if content, err := os.ReadFile(os.Getenv("RONDA_GALLERY_GEOJSON")); err == nil {
		shapes, m.Places = readShapes(content)
	}
	m.Land = DrawLand(shapes, 0)
	return m
}

func readShapes(content []byte) (map[string]orb.Geometry, []Place) {
	fc, err := geojson.UnmarshalFeatureCollection(content)
	if err != nil {
		return nil, nil
	}
	shapes, places := map[string]orb.Geometry{}, []Place{}
	for i, f := range fc.Features {
		code := tenth(float64(i + 1))
		shapes[code] = f.Geometry
		places = append(places, Place{Code: code, Label: "C" + code, Name: "Comuna " + code, Value: float64(i * 3 % 41), Href: "/iniciativas?comuna=" + code})
	}
	return shapes, places
}

// pages are all sample pages by file name.
func pages(ctx context.Context) map[string]Component {
	return map[string]Component{"home": homePage(), "initiative": initiativePage(), "desk": deskPage(), "board": boardPage(), "form": formPage(ctx), "rest": restPage()}
}

func drawPages(t testing.TB, ctx context.Context) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, page := range pages(ctx) {
		out[name] = draw(t, ctx, page)
	}
	return out
}
