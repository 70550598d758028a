package ideas

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"ronda/platform/fault"
)

// photo is a picture whose upper half is red and lower half blue.
func photo(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		c := color.RGBA{R: 255, A: 255}
		if y >= h/2 {
			c = color.RGBA{B: 255, A: 255}
		}
		for x := range w {
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif puts an orientation and a place where it was taken into a JPEG.
func exif(file []byte, orientation uint16) []byte {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = append(binary.BigEndian.AppendUint16(tiff, orientation), "\x00\x00\x00\x00\x00\x00GPS 34.6 S"...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	segment := append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
	return append(append(bytes.Clone(file[:2]), segment...), file[2:]...)
}

// TestAPictureIsMadeAnew: turned, scaled, and without what the camera wrote.
func TestAPictureIsMadeAnew(t *testing.T) {
	for orientation, top := range map[uint16]string{1: "red", 3: "blue", 6: "both", 8: "both"} {
		out, w, h, ok := picture(exif(jpegOf(t, photo(3200, 1600)), orientation))
		if !ok || bytes.Contains(out, []byte("GPS")) || bytes.Contains(out, []byte("Exif")) {
			t.Fatalf("%d: %v, the camera's words stay", orientation, ok)
		}
		m, err := jpeg.Decode(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		if orientation < 5 && (w != 1600 || h != 800) || orientation > 4 && (w != 800 || h != 1600) || m.Bounds().Dx() != w {
			t.Errorf("%d: %d x %d", orientation, w, h)
		}
		left, right := hue(m.At(10, 10)), hue(m.At(w-10, 10))
		if got := left; left != right && top != "both" || top != "both" && got != top || top == "both" && left == right {
			t.Errorf("%d: the top is %s and %s", orientation, left, right)
		}
	}
	small, w, h, ok := picture(pngOf(t, image.NewNRGBA(image.Rect(0, 0, 20, 10))))
	if !ok || w != 20 || h != 10 {
		t.Fatalf("a small one: %v, %d x %d", ok, w, h)
	}
	m, _ := jpeg.Decode(bytes.NewReader(small))
	if r, g, b, _ := m.At(5, 5).RGBA(); r>>8 < 250 || g>>8 < 250 || b>>8 < 250 {
		t.Errorf("what is transparent is not white")
	}
}

func hue(c color.Color) string {
	if r, _, b, _ := c.RGBA(); r > b {
		return "red"
	}
	return "blue"
}

// webp is a WebP of one point.
const webp = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"

func TestWhatIsNoPicture(t *testing.T) {
	point, err := base64.StdEncoding.DecodeString(webp)
	if err != nil {
		t.Fatal(err)
	}
	whole := jpegOf(t, photo(200, 100))
	for name, file := range map[string][]byte{
		"nothing": nil, "text": []byte("<svg onload=alert(1)>"), "half": whole[:len(whole)/2], "bomb": bomb(t), "gif": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"too many bytes": append(whole, make([]byte, pictureBytes)...), "exif that lies": exif(whole, 6)[:40],
	} {
		if _, _, _, ok := picture(file); ok {
			t.Errorf("%s is a picture", name)
		}
	}
	if _, w, h, ok := picture(point); !ok || w != 1 || h != 1 {
		t.Errorf("a WebP: %v, %d x %d", ok, w, h)
	}
}

// bomb is a small PNG that says it is 50,000 points wide and high.
func bomb(t *testing.T) []byte {
	t.Helper()
	b := pngOf(t, photo(10, 10))
	binary.BigEndian.PutUint32(b[16:], 50_000)
	binary.BigEndian.PutUint32(b[20:], 50_000)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// FuzzPicture: no file makes it fail otherwise than by saying no.
func FuzzPicture(f *testing.F) {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, photo(8, 8), nil)
	f.Add(b.Bytes())
	f.Add(exif(b.Bytes(), 6))
	f.Fuzz(func(t *testing.T, file []byte) {
		if out, w, h, ok := picture(file); ok && (len(out) == 0 || w > pictureSide || h > pictureSide) {
			t.Errorf("%d bytes, %d x %d", len(out), w, h)
		}
	})
}

// TestPicturesGoWithTheIdea: four at most, seen by whom the words are.
func TestPicturesGoWithTheIdea(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		ctx := w.citizen("ana")
		d := w.draft(ctx, "Bebederos", "")
		file := jpegOf(t, photo(40, 20))
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
