package ideas

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"

	"ronda/platform/fault"
)

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPicturesGoWithTheIdea: four at most, seen by whom the words are.
func TestPicturesGoWithTheIdea(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		ctx := w.citizen("ana")
		d := w.draft(ctx, "Bebederos", "")
		file := jpegOf(t, image.NewRGBA(image.Rect(0, 0, 40, 20)))
		var ids []string
		for range ImagesMax {
			id, err := w.AddImage(ctx, d.ID, file)
			w.must(err)
			ids = append(ids, id)
		}
		if _, err := w.AddImage(ctx, d.ID, file); !is(err, "fault.too_many") {
			t.Errorf("a fifth: %v", err)
		}
		w.must(w.DropImage(ctx, d.ID, ids[3]))
		if _, err := w.AddImage(w.citizen("bruno"), d.ID, file); !fault.Is(err, fault.NotFound) {
			t.Errorf("into somebody else's draft: %v", err)
		}
		if _, err := w.AddImage(ctx, d.ID, []byte("no picture")); !is(err, "ideas.fault.image") {
			t.Errorf("no picture: %v", err)
		}
		sees := func(who string) bool {
			_, data, err := w.Image(w.citizen(who), ids[0])
			return err == nil && len(data) > 0
		}
		if !sees("ana") || sees("bruno") {
			t.Error("a draft's picture is its owner's")
		}
		i, err := w.Send(ctx, d.ID)
		w.must(err)
		if !sees("ana") || sees("bruno") {
			t.Error("a held idea's picture is its author's")
		}
		w.must(w.Approve(w.as(coordinator), i.Number))
		v, err := w.Idea(w.as(), i.Number)
		if w.must(err); len(v.Images) != 3 || v.Images[0].Width != 40 || !sees("bruno") {
			t.Errorf("published: %+v", v.Images)
		}
	})
}
