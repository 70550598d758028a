package ideas

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // a kind of file that is taken

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // a kind of file that is taken
)

// Limits of pictures.
const (
	pictureBytes  = 10 << 20   // of a file as it comes
	picturePixels = 24_000_000 // of a picture as it comes; more would be a bomb
	pictureSide   = 1600       // the longer side as it is kept
	pictureGrade  = 85         // quality of the JPEG that is kept
)

// picture makes of a JPEG, PNG or WebP file the JPEG that is kept: turned the
// right way up, at most pictureSide wide and high, without anything the camera
// wrote into it. ok is false for what is no such picture, or too much of one.
func picture(file []byte) (out []byte, width, height int, ok bool) {
	if len(file) == 0 || len(file) > pictureBytes {
		return nil, 0, 0, false
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > picturePixels/c.Height {
		return nil, 0, 0, false
	}
	src, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, 0, 0, false
	}
	small := turned(scaled(src), orientation(kind, file))
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: pictureGrade}); err != nil {
		return nil, 0, 0, false
	}
	return b.Bytes(), small.Bounds().Dx(), small.Bounds().Dy(), true
}

// scaled draws a picture on white, no larger than pictureSide.
func scaled(src image.Image) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if long := max(w, h); long > pictureSide {
		w, h = max(1, w*pictureSide/long), max(1, h*pictureSide/long)
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
