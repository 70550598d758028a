// Package photo makes the picture that is kept out of one that somebody sends:
// small, the right way up, and without what the camera wrote into it, such as
// where it was taken. What is kept is never the file that came.
package photo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // a kind of file that is taken

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // a kind of file that is taken
)

// Limits of pictures.
const (
	MaxBytes  = 10 << 20   // of a file as it comes
	MaxPixels = 24_000_000 // of a picture as it comes; more would be a bomb
	Side      = 1600       // the longer side as it is kept
	grade     = 85         // quality of the JPEG that is kept
)

// Picture is a JPEG as it is kept.
type Picture struct {
	Data          []byte
	Width, Height int
	SHA256        string // lower-case hex
}

// Darkroom makes pictures one at a time: a large one takes much memory while it is
// made.
type Darkroom struct{ busy chan struct{} }

// NewDarkroom is an empty one.
func NewDarkroom() *Darkroom { return &Darkroom{make(chan struct{}, 1)} }

// Develop is Develop once nobody else is at it. The error is that of ctx.
func (d *Darkroom) Develop(ctx context.Context, file []byte) (p Picture, ok bool, err error) {
	select {
	case d.busy <- struct{}{}:
		defer func() { <-d.busy }()
	case <-ctx.Done():
		return p, false, ctx.Err()
	}
	p, ok = Develop(file)
	return p, ok, nil
}

// Develop makes of a JPEG, PNG or WebP file the JPEG that is kept: turned the right
// way up, at most Side wide and high, without anything the camera wrote into it. ok
// is false for what is no such picture, or too much of one.
func Develop(file []byte) (p Picture, ok bool) {
	if len(file) == 0 || len(file) > MaxBytes {
		return p, false
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > MaxPixels/c.Height {
		return p, false
	}
	src, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return p, false
	}
	small := turned(scaled(src), orientation(kind, file))
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: grade}); err != nil {
		return p, false
	}
	sum := sha256.Sum256(b.Bytes())
	return Picture{b.Bytes(), small.Bounds().Dx(), small.Bounds().Dy(), hex.EncodeToString(sum[:])}, true
}

// scaled draws a picture on white, no larger than Side.
func scaled(src image.Image) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if long := max(w, h); long > Side {
		w, h = max(1, w*Side/long), max(1, h*Side/long)
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.BiLinear.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Over, nil)
	return dst
}

// turned brings a picture into the orientation 1 of EXIF from another one.
func turned(src *image.RGBA, orientation int) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if orientation < 2 || orientation > 8 {
		return src
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation > 4 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := place8(orientation, x, y, w, h)
			dst.SetRGBA(tx, ty, src.RGBAAt(x, y))
		}
	}
	return dst
}

// place8 is where a point of a picture of an orientation belongs.
func place8(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	}
	return y, w - 1 - x
}

// orientation is what the camera says of which side is up, 1 when it says nothing.
func orientation(kind string, file []byte) int {
	switch kind {
	case "jpeg":
		return exifOfJPEG(file)
	case "webp":
		return exifOfWebP(file)
	}
	return 1
}

// exifOfJPEG walks the segments before the picture data.
func exifOfJPEG(b []byte) int {
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		marker, size := b[at+1], int(binary.BigEndian.Uint16(b[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(b) {
			break
		}
		body := b[at+4 : at+2+size]
		if marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return orientationOf(body[6:])
		}
		at += 2 + size
	}
	return 1
}

// exifOfWebP walks the chunks of the file.
func exifOfWebP(b []byte) int {
	for at := 12; at+8 <= len(b); {
		size := int(binary.LittleEndian.Uint32(b[at+4:]))
		if size < 0 || at+8+size > len(b) {
			break
		}
		if string(b[at:at+4]) == "EXIF" {
			return orientationOf(bytes.TrimPrefix(b[at+8:at+8+size], []byte("Exif\x00\x00")))
		}
		at += 8 + size + size%2
	}
	return 1
}

// orientationTag is the number of the entry of EXIF that says which side is up.
const orientationTag = 0x0112

// orientationOf reads it from the first directory of a TIFF block.
func orientationOf(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at+2 > len(b) {
		return 1
	}
	for n := range int(order.Uint16(b[at:])) {
		entry := at + 2 + 12*n
		if entry+12 > len(b) {
			break
		}
		if order.Uint16(b[entry:]) == orientationTag {
			return int(order.Uint16(b[entry+8:]))
		}
	}
	return 1
}
