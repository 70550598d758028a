package bring

import (
	"strings"
	"testing"
)

func TestPlainKeepsParagraphsAndNothingElse(t *testing.T) {
	for text, want := range map[string]string{
		"<p>Una</p><p>Dos<br/>y media</p>":                      "Una\nDos\ny media",
		"<ul><li>pan</li><li class=\"x\">queso</li></ul>":       "- pan\n- queso",
		"a&nbsp;&amp;&nbsp;b &lt;3":                             "a & b <3",
		"menos < más > fin":                                     "menos < más > fin",
		"<script>alert(1)</script>hola<style>p{}</style>":       "hola",
		"hola <script>sin fin":                                  "hola",
		"uno\r\n\r\n\r\n\r\ndos":                                "uno\n\ndos",
		"al\u202erevés\u0000\u200b \u0007":                      "alrevés",
		"👩\u200d🌾 مرحبا":                                        "👩\u200d🌾 مرحبا",
		"escribime a ana.perez+x@correo.example.com, gracias":   "escribime a […@…], gracias",
		"<a href=\"mailto:ana@correo.com\">ana@correo.com</a>!": "[…@…] !",
		"vecin@s y alumn@s":                                     "vecin@s y alumn@s",
	} {
		if got, _ := plain(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestBeginningIsCutAfterAWord(t *testing.T) {
	if got := beginning("uno dos tres", 9); got != "uno dos…" {
		t.Errorf("%q", got)
	}
	if got := beginning(strings.Repeat("ñ", 10), 5); got != "ññññ…" {
		t.Errorf("%q", got)
	}
	if got := beginning("justo", 5); got != "justo" {
		t.Errorf("%q", got)
	}
}

// TestGarbage holds what is set aside against what people write about cities.
func TestGarbage(t *testing.T) {
	for _, c := range []struct{ title, text, why string }{
		{"", "", WhyNoTitle},
		{"???", "!!!", WhyNoTitle},
		{"https://a.example/x", "www.b.example", WhyLinks},
		{"Mirá esto", "<img src=x onerror=alert(1)>", WhyScript},
		{"hola", "&lt;script&gt;x&lt;/script&gt;", WhyScript},
		{"hola", "&amp;lt;script&amp;gt;x", WhyScript},
		{"Enlace", `<a href="javascript:go()">acá</a>`, WhyScript},
		{"' OR '1'='1", "", WhyProbe},
		{"{{7*7}}", "plantilla", WhyProbe},
		{"Video", "http://169.254.169.254/latest", WhyProbe},
		{"SSRF Test 3", "", WhyProbe},
		{"Test", "test", WhyTest},
		{"URL Test 4 - 1741429414", "", WhyTest},
		{"Propuesta de prueba", "esto es una prueba", WhyTest},
		{"Prueba 2", "", WhyTest},
		{"asdfasdf", "x", WhyNoise},
		{"aaaaaa", "", WhyNoise},

		{"M-30", "Propongo limitar la velocidad", ""},
		{"Usera", "Aparcar en el barrio", ""},
		{"Prueba piloto de bicisendas", "", ""},
		{"Test de alcoholemia a ciclistas", "", ""},
		{"Una nueva escuela", "", ""},
		{"Qué hacer con la alerta (1) y la alerta (2)", "", ""},
		{"Talleres de seguridad informática", "Que enseñen a cuidarse de los ataques", ""},
		{"Mejorar la web", "El enlace https://ejemplo.org no anda; union de vecinos y select de opciones", ""},
		{"Más árboles", "<p style=\"color:red\"><a href=\"https://x.example\" target=\"_blank\" rel=\"noopener\">acá</a></p>", ""},
		{"OR 1 = 1 persona, 1 voto", "", ""},
		{"Demoler el muro", "", ""},
		{"Pruebas de vacunas gratis", "", ""},
		{"مقعد في الحديقة", "", ""},
		{"公园里的长椅", "", ""},
	} {
		title, _ := oneLine(c.title)
		body, _ := plain(c.text)
		if why := garbage(c.title+"\n"+c.text, title, body); why != c.why {
			t.Errorf("%q, %q: %q, want %q", c.title, c.text, why, c.why)
		}
	}
}
