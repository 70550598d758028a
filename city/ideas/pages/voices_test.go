package pages_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ronda/city/ideas"
)

// Support is one tap, counts once, and is taken back as easily; a visitor is led
// to sign in and back.
func TestSupportIsGivenAndTakenBack(t *testing.T) {
	w := newWorld(t)
	number := w.published("ana", "Composteras en cada plaza", "")
	path := "/ideas/" + number + "/apoyar"
	w.visitor("").post(path).leads(t, "a visitor", "/ingresar?volver=%2Fideas%2F"+number, "support_sign_in")
	beto := w.visitor("beto")
	beto.post(path).leads(t, "given", "/ideas/"+number, "supported")
	beto.post(path).leads(t, "given twice", "/ideas/"+number, "supported")
	beto.get("/ideas/"+number).wants(t, "the page", 200, "La apoyás", "Quitar mi apoyo", "<b>1</b>")
	beto.get("/mis-ideas").wants(t, "my ideas", 200, "Las que apoyás", "Composteras")
	w.visitor("").get("/ideas/"+number).wants(t, "for others", 200, "<b>1</b>", "!La apoyás")
	beto.post(path, "back", "yes").leads(t, "taken back", "/ideas/"+number, "unsupported")
	beto.get("/ideas/"+number).wants(t, "the page after", 200, "<b>0</b>", "!La apoyás")
	beto.post("/ideas/IDEA-2026-09999/apoyar").wants(t, "of nothing", http.StatusNotFound)

	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(""))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Target", "apoyo")
	beto.do(r).wants(t, "with a script", 200, `id="apoyo"`, "La apoyás", "Tu apoyo ya cuenta", "!<html")
}

// Comments stand in two levels, 20 a page, without names.
func TestCommentsInTwoLevels(t *testing.T) {
	w := newWorld(t)
	number := w.published("ana", "Composteras en cada plaza", "")
	path := "/ideas/" + number
	w.visitor("").post(path+"/comentar", "text", "Hola").leads(t, "a visitor", "/ingresar", "sign_in")
	beto, ana := w.visitor("beto"), w.visitor("ana")
	beto.post(path+"/comentar", "text", "En mi cuadra ya lo hicimos.").leads(t, "a comment", path+"#comentarios", "comment")
	beto.post(path+"/comentar", "text", "").wants(t, "an empty one", http.StatusUnprocessableEntity, "Falta completar")
	beto.post(path+"/comentar", "text", strings.Repeat("x", ideas.CommentMax+1)).wants(t, "too long a one", http.StatusUnprocessableEntity, strings.Repeat("x", ideas.CommentMax+1))
	page, err := w.ideas.Comments(w.as(""), number, "")
	w.must(err)
	root := page.Comments[0].ID
	ana.get(path+"/comentar?a="+root).wants(t, "answering", 200, "Responder un comentario", `value="`+root+`"`)
	ana.post(path+"/comentar", "parent", root, "text", "¿Quién avisaba?").leads(t, "an answer", path+"#comentarios", "comment")
	w.visitor("").get(path).wants(t, "the talk", 200, "2 comentarios", "Vecina o vecino 1", "Quien propuso la idea", "!Persona beto", "¿Quién avisaba?")
	for range 20 {
		w.now = w.now.Add(1e9)
		_, err := w.ideas.Comment(w.as("caro"), number, "", "Otra cosa más para decir, y van "+w.now.String())
		w.must(err)
	}
	w.visitor("").get(path).wants(t, "a page of them", 200, "22 comentarios", "comentarios=")
	beto.get(path+"?comentarios=zzz").wants(t, "a page that is none", http.StatusNotFound)
	beto.post(path+"/denunciar", "comment", root, "reason", "Muestra el teléfono de otra persona.").leads(t, "reporting", path, "report")
	w.must(w.ideas.HideComment(w.as("coordinador-mesa"), root, "Tiene un teléfono."))
	w.visitor("").get(path).wants(t, "after hiding", 200, "Comentario oculto por quien modera: Tiene un teléfono.", "!En mi cuadra ya")
	w.visitor("").get("/ideas/moderacion").wants(t, "in the log", 200, "Se ocultó un comentario", "Tiene un teléfono.")
}

// A family needs both; its page counts each person once; anybody in it may leave.
func TestAFamilyByConsent(t *testing.T) {
	w := newWorld(t)
	one, two := w.published("ana", "Composteras en cada plaza", ""), w.published("beto", "Composteras en las plazas del barrio", "")
	for _, n := range []string{one, two} {
		w.must(w.ideas.Support(w.as("caro"), n))
	}
	ana, beto := w.visitor("ana"), w.visitor("beto")
	ana.post("/ideas/"+one+"/familia", "other", strings.ToLower(two), "why", "Son lo mismo").leads(t, "asked", "/ideas/"+one, "family_asked")
	ana.post("/ideas/"+one+"/familia", "other", "IDEA-1").wants(t, "with nothing", http.StatusNotFound)
	w.visitor("caro").post("/ideas/"+one+"/familia", "other", two).wants(t, "by somebody else", http.StatusForbidden)
	page := beto.get("/mis-ideas")
	page.wants(t, "what beto is asked", 200, "¿Son de la misma familia?", "Son lo mismo", "Sí, son familia")
	w.visitor("caro").post("/mis-ideas", "ask", page.value("ask"), "answer", "yes").wants(t, "somebody else's yes", http.StatusForbidden)
	beto.post("/mis-ideas", "ask", page.value("ask"), "answer", "yes").leads(t, "yes", "/mis-ideas", "joined")
	w.visitor("").get("/ideas/"+one).wants(t, "the family", 200, "Familia de ideas", "<b>1</b>", "Composteras en las plazas del barrio", "!Salir de la familia")
	beto.get("/ideas/"+two).wants(t, "the own one", 200, "Salir de la familia")
	beto.post("/ideas/"+two+"/familia", "leave", "yes").leads(t, "left", "/ideas/"+two, "family_left")
	beto.get("/ideas/"+two).wants(t, "after leaving", 200, "!Familia de ideas")
}

// An answer stands with name, post and day; until then the clock runs.
func TestAnswersHaveANameAndAClock(t *testing.T) {
	w := newWorld(t)
	c := w.open(nil)
	number := w.published("ana", "Composteras en cada plaza", c.ID)
	v := w.visitor("")
	v.get("/ideas/"+number).wants(t, "before", 200, "Tiene que responder", "Quedan 32 días")
	w.now = w.now.AddDate(0, 0, 40)
	v.get("/ideas/"+number).wants(t, "late", 200, "Tenía que responder y no lo hizo", "Venció hace 8 días")
	v.get("/ideas/respuestas").wants(t, "the clock", 200, "todavía no respondió", "vencidas 1")
	w.must(w.ideas.Answer(w.as("director-reciclado"), number, "La probamos en tres plazas desde abril.", ideas.Answered))
	v.get("/ideas/"+number).wants(t, "after", 200, "La probamos en tres plazas", "Persona director-reciclado", "Dirección General de Reciclado", "!Tenía que responder")
	v.get("/ideas/respuestas").wants(t, "the clock after", 200, "días a la primera respuesta", "tarde 1")
	w.visitor("ana").get("/mis-ideas").wants(t, "my ideas", 200, "Leer la respuesta")
}

// The author of a hidden idea asks for a review, and withdraws another.
func TestAppealAndWithdraw(t *testing.T) {
	w := newWorld(t)
	hidden, other := w.published("ana", "Composteras en cada plaza", ""), w.published("ana", "Un reloj en la esquina", "")
	w.must(w.ideas.Hide(w.as("coordinador-mesa"), hidden, "Parece propaganda de un vivero."))
	ana := w.visitor("ana")
	w.visitor("").get("/ideas/"+hidden+"/apelar").leads(t, "a visitor", "/ingresar", "sign_in")
	w.visitor("beto").post("/ideas/"+hidden+"/apelar", "appeal", "Que vuelva, por favor.").wants(t, "by somebody else", http.StatusForbidden)
	ana.post("/ideas/"+hidden+"/apelar", "appeal", "").wants(t, "without a word", http.StatusUnprocessableEntity, "Por qué tendría que verse: Falta")
	ana.post("/ideas/"+hidden+"/apelar", "appeal", "No vendo nada, soy vecina.").leads(t, "appealed", "/ideas/"+hidden, "appeal")
	w.visitor("").get("/ideas/moderacion").wants(t, "the log", 200, "pidió que se revise", "Parece propaganda", "!No vendo nada")
	w.visitor("beto").post("/ideas/"+other+"/retirar", "reason", "No me gusta nada.").wants(t, "withdrawn by somebody else", http.StatusForbidden)
	ana.post("/ideas/"+other+"/retirar", "reason", "Ya pusieron el reloj.").leads(t, "withdrawn", "/ideas/"+other, "withdraw")
	w.visitor("").get("/ideas/"+other).wants(t, "after", 200, "retiró esta idea", "Ya pusieron el reloj.", "!Un reloj en la esquina")
}
