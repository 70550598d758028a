package photo_test

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

	"ronda/platform/photo"
)

// shot is a picture whose upper half is red and lower half blue.
func shot(w, h int) *image.RGBA {
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
		p, ok := photo.Develop(exif(jpegOf(t, shot(3200, 1600)), orientation))
		if !ok || bytes.Contains(p.Data, []byte("GPS")) || bytes.Contains(p.Data, []byte("Exif")) {
			t.Fatalf("%d: %v, the camera's words stay", orientation, ok)
		}
		w, h := p.Width, p.Height
		m, err := jpeg.Decode(bytes.NewReader(p.Data))
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
	small, ok := photo.Develop(pngOf(t, image.NewNRGBA(image.Rect(0, 0, 20, 10))))
	if !ok || small.Width != 20 || small.Height != 10 {
		t.Fatalf("a small one: %v, %d x %d", ok, small.Width, small.Height)
	}
	m, _ := jpeg.Decode(bytes.NewReader(small.Data))
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
	whole := jpegOf(t, shot(200, 100))
	for name, file := range map[string][]byte{
		"nothing": nil, "text": []byte("<svg onload=alert(1)>"), "half": whole[:len(whole)/2], "bomb": bomb(t), "gif": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"too many bytes": append(whole, make([]byte, photo.MaxBytes)...), "exif that lies": exif(whole, 6)[:40],
	} {
		if _, ok := photo.Develop(file); ok {
			t.Errorf("%s is a picture", name)
		}
	}
	if p, ok := photo.Develop(point); !ok || p.Width != 1 || p.Height != 1 {
		t.Errorf("a WebP: %v, %d x %d", ok, p.Width, p.Height)
	}
}

// bomb is a small PNG that says it is 50,000 points wide and high.
func bomb(t *testing.T) []byte {
	t.Helper()
	b := pngOf(t, shot(10, 10))
	binary.BigEndian.PutUint32(b[16:], 50_000)
	binary.BigEndian.PutUint32(b[20:], 50_000)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// FuzzPicture: no file makes it fail otherwise than by saying no.
func FuzzPicture(f *testing.F) {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, shot(8, 8), nil)
	f.Add(b.Bytes())
	f.Add(exif(b.Bytes(), 6))
	f.Fuzz(func(t *testing.T, file []byte) {
		if p, ok := photo.Develop(file); ok && (len(p.Data) == 0 || p.Width > photo.Side || p.Height > photo.Side) {
			t.Errorf("%d bytes, %d x %d", len(p.Data), p.Width, p.Height)
		}
	})
}
