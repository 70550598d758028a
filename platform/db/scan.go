package db

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"ronda/platform/fault"
)

// Query reads every row of a query into T: a struct with `db:"column"` tags, or
// a scalar.
func Query[T any](ctx context.Context, d *DB, query string, args ...any) ([]T, error) {
	var out []T
	err := Each(ctx, d, query, args, func(v T) error { out = append(out, v); return nil })
	return out, err
}

// One reads the first row, fault.NotFound when there is none.
func One[T any](ctx context.Context, d *DB, query string, args ...any) (T, error) {
	v, ok, err := Find[T](ctx, d, query, args...)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "fault.notfound")
	}
	return v, err
}

// Find reads the first row and says whether there was one.
func Find[T any](ctx context.Context, d *DB, query string, args ...any) (v T, ok bool, err error) {
	rows, err := d.rows(ctx, query, args)
	if err != nil {
		return v, false, err
	}
	defer rows.Close()
	scan, err := scanner[T](rows.Rows)
	if err != nil {
		return v, false, err
	}
	if rows.Next() {
		ok = true
		err = scan(&v)
	}
	if err == nil {
		err = rows.Err()
	}
	return v, ok && err == nil, err
}

// Each reads row after row without holding them; an error of fn ends it. fn
// must not write: on SQLite a reader stays open meanwhile. See Skipping for rows
// that cannot be read.
func Each[T any](ctx context.Context, d *DB, query string, args []any, fn func(T) error) error {
	rows, err := d.rows(ctx, query, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	scan, err := scanner[T](rows.Rows)
	if err != nil {
		return err
	}
	for rows.Next() {
		var v T
		if err := cmp.Or(ctx.Err(), skipped(ctx, scan(&v))); err == errSkip {
			continue
		} else if err != nil {
			return err
		}
		if err := fn(v); err != nil {
			return err
		}
	}
	return rows.Err()
}

type skipKey struct{}

var errSkip = errors.New("db: the row is left out")

// Skipping is a context in which reading leaves out a row that does not fit the
// type it is read into, and tells why, instead of ending: one damaged row must not
// keep anybody from all others.
func Skipping(ctx context.Context, tell func(why error)) context.Context {
	return context.WithValue(ctx, skipKey{}, tell)
}

// skipped is err, or errSkip when somebody wants to be told of it.
func skipped(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if tell, ok := ctx.Value(skipKey{}).(func(error)); ok {
		tell(err)
		return errSkip
	}
	return err
}

// Insert writes row, a struct with `db:"column"` tags, into table.
func (d *DB) Insert(ctx context.Context, table string, row any) error {
	v := reflect.Indirect(reflect.ValueOf(row))
	query := insertSQL(table, v.Type())
	fields := fieldsOf(v.Type())
	args := make([]any, len(fields.order))
	for i, f := range fields.order {
		args[i] = v.FieldByIndex(f.index).Interface()
	}
	_, err := d.Exec(ctx, query, args...)
	return err
}

type insertKey struct {
	table string
	typ   reflect.Type
}

var inserts sync.Map // insertKey -> string; a cache of pure results

func insertSQL(table string, typ reflect.Type) string {
	if s, ok := inserts.Load(insertKey{table, typ}); ok {
		return s.(string)
	}
	var cols, marks []string
	for i, f := range fieldsOf(typ).order {
		cols = append(cols, f.name)
		marks = append(marks, "$"+strconv.Itoa(i+1))
	}
	s := "INSERT INTO " + table + " (" + strings.Join(cols, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"
	inserts.Store(insertKey{table, typ}, s)
	return s
}

type field struct {
	name  string
	index []int
}

type fields struct {
	order []field
	by    map[string]field
}

var shapes sync.Map // reflect.Type -> *fields; a cache of pure results

// fieldsOf lists the tagged fields of a struct, those of embedded structs
// included.
func fieldsOf(typ reflect.Type) *fields {
	if f, ok := shapes.Load(typ); ok {
		return f.(*fields)
	}
	f := &fields{by: map[string]field{}}
	for _, sf := range reflect.VisibleFields(typ) {
		name := sf.Tag.Get("db")
		if name == "" || !sf.IsExported() {
			continue
		}
		x := field{name: name, index: sf.Index}
		f.order = append(f.order, x)
		f.by[name] = x
	}
	shapes.Store(typ, f)
	return f
}

var timeType = reflect.TypeFor[time.Time]()

// scanner makes the function that reads the current row into a *T.
func scanner[T any](rows *sql.Rows) (func(*T) error, error) {
	typ := reflect.TypeFor[T]()
	if typ.Kind() != reflect.Struct || typ == timeType {
		return func(v *T) error { return rows.Scan(target(reflect.ValueOf(v).Elem())) }, nil
	}
	cols, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	shape := fieldsOf(typ)
	index := make([][]int, len(cols))
	for i, c := range cols {
		f, ok := shape.by[c]
		if !ok {
			return nil, fmt.Errorf("db: %s has no field for column %q", typ, c)
		}
		index[i] = f.index
	}
	dest := make([]any, len(cols))
	return func(v *T) error {
		s := reflect.ValueOf(v).Elem()
		for i := range cols {
			dest[i] = target(s.FieldByIndex(index[i]))
		}
		return rows.Scan(dest...)
	}, nil
}

// target is where Scan puts a column: the field itself, or a reader of
// microseconds for a time.
func target(v reflect.Value) any {
	if v.Type() == timeType {
		return (*micros)(v.Addr().Interface().(*time.Time))
	}
	return v.Addr().Interface()
}

type micros time.Time

// Scan reads microseconds since 1970; zero and NULL are the zero time.
func (m *micros) Scan(src any) error {
	switch n := src.(type) {
	case nil:
		*m = micros{}
	case int64:
		if n == 0 {
			*m = micros{}
			return nil
		}
		*m = micros(time.UnixMicro(n).UTC())
	default:
		return fmt.Errorf("db: %T is no time", src)
	}
	return nil
}

// bind turns what Go says into what both drivers take: times into
// microseconds, named strings into strings.
func bind(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = bindOne(a)
	}
	return out
}

func bindOne(a any) any {
	switch v := a.(type) {
	case nil, string, int64, bool, []byte, float64, driver.Valuer:
		return a
	case int:
		return int64(v)
	case time.Time:
		if v.IsZero() {
			return int64(0)
		}
		return v.UnixMicro()
	}
	switch rv := reflect.ValueOf(a); rv.Kind() {
	case reflect.String:
		return rv.String()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return rv.Int()
	case reflect.Bool:
		return rv.Bool()
	}
	return a
}
