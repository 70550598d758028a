package office_test

import "testing"

func TestSmoke(t *testing.T) {
	w := newWorld(t)
	n := w.filed("Compost en cada plaza")
	for _, path := range []string{"/bandeja", "/iniciativas/nueva", "/iniciativas/" + n + "/pasos/efectividad", "/iniciativas/" + n + "/expediente"} {
		a := w.get(sponsor, path)
		t.Log(path, a.status, len(a.raw))
		t.Log(a.told())
	}
	a := w.get("jefe-de-gabinete", "/iniciativas/"+n+"/decision")
	t.Log(a.status, a.told())
}
