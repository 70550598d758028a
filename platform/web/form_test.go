package web_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ronda/platform/fault"
	"ronda/platform/web"
)

// echo shows the field "a" of a posted form.
func echo(rw http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(rw, r)
	if err != nil {
		return err
	}
	return says(fmt.Sprintf("a=%q", form.Get("a")))(rw, r)
}

// attach shows how long the file "file" of a posted form is.
func attach(rw http.ResponseWriter, r *http.Request) error {
	form, file, head, err := web.FileForm(rw, r, "file")
	if err != nil {
		return err
	}
	if file == nil {
		return says("no file")(rw, r)
	}
	defer file.Close()
	n, err := io.Copy(io.Discard, file)
	if err != nil {
		return err
	}
	return says(fmt.Sprintf("%s %s %d", form.Get("a"), head.Filename, n))(rw, r)
}

// several counts the files of a posted form that may have two.
func several(rw http.ResponseWriter, r *http.Request) error {
	form, files, err := web.FilesForm(rw, r, "file", 2)
	if err != nil {
		return err
	}
	return says(fmt.Sprintf("%s %d", form.Get("a"), len(files)))(rw, r)
}

func forms(t *testing.T) *world {
	return newWorld(t, nil, func(m *web.Mux) {
		m.Post("/form", echo)
		m.Post("/file", attach)
		m.Post("/files", several)
	})
}

func TestFormsAreRead(t *testing.T) {
	w := forms(t)
	if got := w.post("/form?a=from+the+address", url.Values{"a": {"uno\r\ndos\nñandú"}}); !strings.Contains(got.text, `a=&#34;uno\ndos\nñandú&#34;`) {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	if got := w.post("/form?a=from+the+address", nil); !strings.Contains(got.text, `a=&#34;&#34;`) {
		t.Errorf("a field of the address passes for one of the form: %s", got.text)
	}
	in, kind := upload(t, "plano.pdf", 1000)
	if got := w.send("POST", "/file?a=from+the+address", in, header("Content-Type", kind)); !strings.Contains(got.text, "uno plano.pdf 1000") {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	in, kind = upload(t, "")
	if got := w.send("POST", "/file", in, header("Content-Type", kind)); !strings.Contains(got.text, "no file") {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
}

// upload is a multipart form with the field a and a file of each size.
func upload(t *testing.T, name string, sizes ...int) (io.Reader, string) {
	t.Helper()
	var buf bytes.Buffer
	m := multipart.NewWriter(&buf)
	if err := m.WriteField("a", "uno"); err != nil {
		t.Fatal(err)
	}
	for _, size := range sizes {
		part, err := m.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(make([]byte, size)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return &buf, m.FormDataContentType()
}

func TestWhatIsTooBigIsRefused(t *testing.T) {
	w := forms(t)
	if got := w.post("/form", url.Values{"a": {strings.Repeat("x", web.FormMax)}}); got.StatusCode != 422 || !strings.Contains(got.text, "Demasiado grande: hasta 1 MB") {
		t.Errorf("a large form: %d %.80s", got.StatusCode, got.text)
	}
	for size, status := range map[int]int{web.FileMax: 200, web.FileMax + 1: 422, web.FileMax + web.FormMax + 1: 422} {
		in, kind := upload(t, "a.pdf", size)
		got := w.send("POST", "/file", in, header("Content-Type", kind))
		if got.StatusCode != status {
			t.Errorf("a file of %d bytes: %d, want %d: %.80s", size, got.StatusCode, status, got.text)
		}
		if status != 200 && !strings.Contains(got.text, "hasta 10 MB") {
			t.Errorf("a file of %d bytes: %.80s", size, got.text)
		}
	}
}

// Each of several files may be as large as a single one.
func TestSeveralFilesComeAtOnce(t *testing.T) {
	w := forms(t)
	for _, c := range []struct {
		sizes  []int
		status int
		says   string
	}{{nil, 200, "uno 0"}, {[]int{web.FileMax, web.FileMax}, 200, "uno 2"}, {[]int{1, web.FileMax + 1}, 422, "hasta 10 MB"}, {[]int{web.FileMax, web.FileMax, web.FormMax}, 422, "hasta 10 MB"}} {
		in, kind := upload(t, "a.jpg", c.sizes...)
		if got := w.send("POST", "/files", in, header("Content-Type", kind)); got.StatusCode != c.status || !strings.Contains(got.text, c.says) {
			t.Errorf("files of %v bytes: %d %.80s", c.sizes, got.StatusCode, got.text)
		}
	}
}

func TestWhatIsBrokenIsRefused(t *testing.T) {
	w := forms(t)
	cases := []struct{ name, path, kind, text, says string }{
		{"a wrong escape", "/form", "application/x-www-form-urlencoded", "a=%zz", "No se lee"},
		{"multipart without a boundary", "/file", "multipart/form-data", "x", "No se lee"},
		{"multipart cut off", "/file", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nuno", "Llegó cortado"},
		{"no multipart", "/file", "application/x-www-form-urlencoded", "a=1", "No se lee"},
	}
	for _, c := range cases {
		got := w.send("POST", c.path, strings.NewReader(c.text), header("Content-Type", c.kind))
		if got.StatusCode != 422 || !strings.Contains(got.text, c.says) {
			t.Errorf("%s: %d %s", c.name, got.StatusCode, got.text)
		}
	}
}

func TestLettersThatNoDatabaseTakesNameTheirField(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Post("/form", func(rw http.ResponseWriter, r *http.Request) error {
			form, err := web.Form(rw, r)
			if err != nil {
				return err
			}
			var c fault.Check
			c.Text("a", form.Get("a"), false, 100)
			return says(fmt.Sprintf("%+q wrong: %v", form.Get("a"), c.Failed("a")))(rw, r)
		})
	})
	for text, want := range map[string]string{
		"a=uno%ffdos": `uno\ufffddos&#34; wrong: true`, "a=uno%00dos": `uno\ufffddos&#34; wrong: true`, "a=%ed%a0%80": `wrong: true`,
		"a=uno%EF%BF%BDdos": `wrong: true`, "a=%C3%B1and%C3%BA": `\u00f1and\u00fa&#34; wrong: false`, "a=a%0D%0Ab%09c": `a\nb\tc&#34; wrong: false`,
	} {
		got := w.send("POST", "/form", strings.NewReader(text), header("Content-Type", "application/x-www-form-urlencoded"))
		if got.StatusCode != 200 || !strings.Contains(got.text, want) {
			t.Errorf("%s: %d %s, want %s", text, got.StatusCode, got.text, want)
		}
	}
}

func TestNetworkOfAVisitor(t *testing.T) {
	cases := []struct {
		trusted         bool
		remote, forward string
		want            string
	}{
		{false, "203.0.113.7:5000", "", "203.0.113.7"},
		{false, "203.0.113.7:5000", "198.51.100.1", "203.0.113.7"},
		{true, "10.0.0.1:5000", "198.51.100.1", "198.51.100.1"},
		{true, "10.0.0.1:5000", "6.6.6.6, 198.51.100.1", "198.51.100.1"},
		{true, "10.0.0.1:5000", "", "10.0.0.1"},
		{true, "10.0.0.1:5000", "rubbish", "unknown"},
		{false, "[2001:db8:1:2:3:4:5:6]:5000", "", "2001:db8:1:2::"},
		{false, "[2001:db8:1:2:ffff::1]:5000", "", "2001:db8:1:2::"},
		{false, "[::ffff:203.0.113.7]:5000", "", "203.0.113.7"},
	}
	for _, c := range cases {
		var got string
		from := func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				r.RemoteAddr = c.remote
				next.ServeHTTP(rw, r)
			})
		}
		w := newWorld(t, func(s *web.Site) { s.Trusted = c.trusted }, func(m *web.Mux) {
			m.Get("/", func(rw http.ResponseWriter, r *http.Request) error {
				got = web.Network(r)
				return says("")(rw, r)
			})
		}, from)
		w.get("/", func(r *http.Request) {
			if c.forward != "" {
				r.Header.Set("X-Forwarded-For", c.forward)
			}
		})
		if got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
