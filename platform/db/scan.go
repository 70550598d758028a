package db

import (
	"cmp"
	"context"
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
	c, p, err := open[T](ctx, d, false, query, args)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var out []T
	for c.next() {
		var zero T
		out = append(out, zero)
		if err := p.fill(reflect.ValueOf(&out[len(out)-1]).Elem(), c.row); err != nil {
			return nil, err
		}
	}
	return out, c.err
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
	c, p, err := open[T](ctx, d, false, query, args)
	if err != nil {
		return v, false, err
	}
	defer c.close()
	if !c.next() {
		return v, false, c.err
	}
	err = p.fill(reflect.ValueOf(&v).Elem(), c.row)
	return v, err == nil, err
}

// Each reads row after row without holding them; an error of fn ends it. fn
// must not write: on SQLite a reader stays open meanwhile.
func Each[T any](ctx context.Context, d *DB, query string, args []any, fn func(T) error) error {
	c, p, err := open[T](ctx, d, true, query, args)
	if err != nil {
		return err
	}
	defer c.close()
	for c.next() {
		var v T
		if err := p.fill(reflect.ValueOf(&v).Elem(), c.row); err != nil {
			return err
		}
		if err := cmp.Or(ctx.Err(), fn(v)); err != nil {
			return err
		}
	}
	return c.err
}

// open runs a query whose rows are to be T.
func open[T any](ctx context.Context, d *DB, long bool, query string, args []any) (*cursor, *plan, error) {
	c, err := d.rows(ctx, long, query, args)
	if err != nil {
		return nil, nil, err
	}
	p, err := planOf(reflect.TypeFor[T](), query, c.columns)
	if err != nil {
		c.close()
		return nil, nil, err
	}
	return c, p, nil
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
	case nil, string, int64, bool, []byte, float64:
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
