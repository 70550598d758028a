package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/xuri/excelize/v2"

	"ronda/platform/fault"
)

// readXLSX reads the first sheet that is not hidden. The library trusts what the
// archive says about itself and may panic on what nobody should have written,
// so the archive is weighed first and a panic is a file that cannot be read.
func readXLSX(data []byte, b *builder) (err error) {
	if err := weigh(data, b.limits); err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			slog.Warn("spreadsheet cannot be read", "panic", fmt.Sprint(r))
			err = fault.New(fault.Invalid, "table.broken")
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: b.limits.Unpacked, UnzipXMLSizeLimit: b.limits.Unpacked, // in memory: nothing is left on disk
		ShortDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return fault.New(fault.Invalid, "table.broken")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return readRows(f, b)
}

func readRows(f *excelize.File, b *builder) error {
	rows, err := f.Rows(visible(f))
	if err != nil {
		return fault.New(fault.Invalid, "table.broken")
	}
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return wrong("table.row", line)
		}
		if err := b.add(line, cells); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	if rows.Error() != nil {
		return fault.New(fault.Invalid, "table.broken")
	}
	return rows.Close()
}

// visible is the first sheet that is not hidden.
func visible(f *excelize.File) string {
	names := f.GetSheetList()
	for _, name := range names {
		if shown, err := f.GetSheetVisible(name); err == nil && shown {
			return name
		}
	}
	if len(names) > 0 {
		return names[0]
	}
	return ""
}

// free is how many bytes an archive may always unpack to: a short list of equal
// rows packs very well.
const free = 4 << 20

// weigh unpacks the archive into nothing and counts, because an archive may lie
// about its sizes.
func weigh(data []byte, limits Limits) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fault.New(fault.Invalid, "table.broken")
	}
	if len(archive.File) > limits.Entries {
		return fault.New(fault.Invalid, "table.bomb")
	}
	left := min(limits.Unpacked, max(free, limits.Ratio*int64(len(data))))
	workbook := false
	for _, file := range archive.File {
		n, err := weighed(file, left)
		if err != nil {
			return fault.New(fault.Invalid, "table.broken")
		}
		if left -= n; left < 0 || file.UncompressedSize64 > uint64(limits.Unpacked) {
			return fault.New(fault.Invalid, "table.bomb")
		}
		workbook = workbook || file.Name == "[Content_Types].xml"
	}
	if !workbook {
		return fault.New(fault.Invalid, "table.not_a_list")
	}
	return nil
}

// weighed is how many bytes a file of the archive unpacks to; it stops one past
// the limit.
func weighed(file *zip.File, limit int64) (int64, error) {
	r, err := file.Open()
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, io.LimitReader(r, limit+1))
	if n > limit {
		err = nil // a liar's checksum no longer matters
	}
	return n, errors.Join(err, r.Close())
}
