package pages

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// sending is the form of an idea as it came.
type sending struct {
	typed  ui.Values
	files  [][]byte
	tooBig bool // a file was left out
}

// readForm reads the form with its pictures. A picture that is too large is left
// out and told: it does not cost what was typed.
func readForm(w http.ResponseWriter, r *http.Request) (sending, error) {
	media, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if media != "multipart/form-data" {
		typed, err := web.Form(w, r)
		return sending{typed: ui.Values(typed)}, err
	}
	body := http.MaxBytesReader(w, r.Body, 6*web.FileMax)
	in := multipart.NewReader(body, params["boundary"])
	out := sending{typed: ui.Values{}}
	text, room := int64(web.FormMax), int64(web.FileMax)
	for {
		part, err := in.NextPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, fault.New(fault.Invalid, "fault.cut_off")
		}
		if part.FileName() == "" && part.FormName() != "image" {
			if text, err = out.take(part, text); err != nil {
				return out, err
			}
			continue
		}
		if room, err = out.picture(part, room); err != nil {
			return out, err
		}
	}
}

// take reads one typed value.
func (s *sending) take(part *multipart.Part, room int64) (int64, error) {
	data, err := io.ReadAll(io.LimitReader(part, room+1))
	if err != nil {
		return 0, fault.New(fault.Invalid, "fault.cut_off")
	}
	if int64(len(data)) > room {
		return 0, fault.New(fault.Invalid, "fault.too_big", "max", web.FormMax>>20)
	}
	value := strings.NewReplacer("\r\n", "\n", "\x00", "\uFFFD").Replace(strings.ToValidUTF8(string(data), "\uFFFD"))
	s.typed[part.FormName()] = append(s.typed[part.FormName()], value)
	return room - int64(len(data)), nil
}

// picture reads one file, unless there is no room for it.
func (s *sending) picture(part *multipart.Part, room int64) (int64, error) {
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(part, room+1))
	if err != nil {
		return 0, fault.New(fault.Invalid, "fault.cut_off")
	}
	switch {
	case n > room:
		s.tooBig = true
		return room, nil
	case n > 0:
		s.files = append(s.files, b.Bytes())
	}
	return room - n, nil
}
