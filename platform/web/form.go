package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"

	"ronda/platform/fault"
)

// Limits of what a visitor may send.
const (
	FormMax = 1 << 20  // bytes of a form without a file
	FileMax = 10 << 20 // bytes of an attached file
)

// Form reads a posted form of at most FormMax bytes. Line ends come as "\n", and
// what no database takes as text as U+FFFD, which fault.Check tells the person.
func Form(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, FormMax)
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(FormMax)
	} else {
		err = r.ParseForm()
	}
	if err != nil {
		return nil, formError(err, FormMax)
	}
	return tidy(r.PostForm), nil
}

// FileForm reads a posted form with one file field. file is nil when none was
// chosen; the caller closes it. Files above FileMax are refused.
func FileForm(w http.ResponseWriter, r *http.Request, name string) (url.Values, multipart.File, *multipart.FileHeader, error) {
	r.Body = http.MaxBytesReader(w, r.Body, FileMax+FormMax)
	if err := r.ParseMultipartForm(FormMax); err != nil {
		return nil, nil, nil, formError(err, FileMax)
	}
	file, head, err := r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) {
		return tidy(r.PostForm), nil, nil, nil
	}
	if err != nil {
		return nil, nil, nil, formError(err, FileMax)
	}
	if head.Size > FileMax {
		_ = file.Close()
		return nil, nil, nil, tooBig(FileMax)
	}
	return tidy(r.PostForm), file, head, nil
}

// FilesForm reads a posted form with up to n files in one field, each of at most
// FileMax bytes. What is above either is refused.
func FilesForm(w http.ResponseWriter, r *http.Request, name string, n int) (url.Values, []*multipart.FileHeader, error) {
	r.Body = http.MaxBytesReader(w, r.Body, int64(n)*FileMax+FormMax)
	if err := r.ParseMultipartForm(FormMax); err != nil {
		return nil, nil, formError(err, FileMax)
	}
	files := r.MultipartForm.File[name]
	for _, head := range files {
		if head.Size > FileMax {
			return nil, nil, tooBig(FileMax)
		}
	}
	return tidy(r.PostForm), files, nil
}

// tooBig says how many bytes there may be, in MB.
func tooBig(max int) error {
	return fault.New(fault.Invalid, "fault.too_big", "max", max>>20)
}

// formError says what is wrong with what was sent, of which max bytes are taken.
func formError(err error, max int) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) || errors.Is(err, multipart.ErrMessageTooLarge) {
		return tooBig(max)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fault.New(fault.Invalid, "fault.cut_off")
	}
	return fault.New(fault.Invalid, "fault.unreadable")
}

func tidy(v url.Values) url.Values {
	mend := strings.NewReplacer("\r\n", "\n", "\x00", "\uFFFD")
	for _, values := range v {
		for i := range values {
			values[i] = mend.Replace(strings.ToValidUTF8(values[i], "\uFFFD"))
		}
	}
	return v
}

// Network is where a visitor comes from as far as limits need it: the IPv4
// address or the IPv6 /64. It is never written to the log or the record.
func Network(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if s := siteOf(r.Context()); s != nil && s.Trusted {
		if list := strings.Split(r.Header.Get("X-Forwarded-For"), ","); list[0] != "" {
			host = strings.TrimSpace(list[len(list)-1])
		}
	}
	ip := net.ParseIP(host)
	if ip == nil {
		return "unknown"
	}
	if v4 := ip.To4(); v4 != nil {
		return v4.String()
	}
	return ip.Mask(net.CIDRMask(64, 128)).String()
}
