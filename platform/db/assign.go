package db

import (
	"bytes"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"
)

// plan says where the columns of a query go in a T.
type plan struct {
	columns []string
	fields  [][]int // index of the field of each column; nil when T is a scalar
}

type planKey struct {
	typ   reflect.Type
	query string
}

var plans sync.Map // planKey -> *plan; a cache of pure results

// planOf finds the field of each column, "no field" being an error.
func planOf(typ reflect.Type, query string, columns []string) (*plan, error) {
	if p, ok := plans.Load(planKey{typ, query}); ok && slices.Equal(p.(*plan).columns, columns) {
		return p.(*plan), nil
	}
	p := &plan{columns: slices.Clone(columns)}
	if typ.Kind() == reflect.Struct && typ != timeType {
		shape := fieldsOf(typ)
		for _, c := range columns {
			f, ok := shape.by[c]
			if !ok {
				return nil, fmt.Errorf("db: %s has no field for column %q", typ, c)
			}
			p.fields = append(p.fields, f.index)
		}
	} else if len(columns) != 1 {
		return nil, fmt.Errorf("db: %d columns do not fit a %s", len(columns), typ)
	}
	plans.Store(planKey{typ, query}, p)
	return p, nil
}

// fill puts a row into v, a T.
func (p *plan) fill(v reflect.Value, row []any) error {
	if p.fields == nil {
		return p.fit(v, row, 0)
	}
	for i, index := range p.fields {
		if err := p.fit(v.FieldByIndex(index), row, i); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) fit(v reflect.Value, row []any, i int) error {
	if !assign(v, row[i]) {
		return fmt.Errorf("db: column %q: %T %v does not fit a %s", p.columns[i], row[i], row[i], v.Type())
	}
	return nil
}

var timeType = reflect.TypeFor[time.Time]()

// assign puts what a driver gave into v; false when it does not fit. Whole
// numbers and truths come in the form of either database, sums of PostgreSQL as
// text, times as microseconds since 1970, where zero and NULL are no time.
func assign(v reflect.Value, from any) bool {
	switch v.Kind() {
	case reflect.String:
		return assignString(v, from)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, ok := whole(from)
		if ok = ok && !v.OverflowInt(n); ok {
			v.SetInt(n)
		}
		return ok
	case reflect.Bool:
		return assignBool(v, from)
	case reflect.Float64, reflect.Float32:
		return assignFloat(v, from)
	case reflect.Struct:
		if v.Type() == timeType {
			return assignTime(v, from)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return assignBytes(v, from)
		}
	}
	scanner, ok := v.Addr().Interface().(sql.Scanner)
	return ok && scanner.Scan(from) == nil
}

func assignString(v reflect.Value, from any) bool {
	switch x := from.(type) {
	case string:
		v.SetString(x)
	case []byte:
		v.SetString(string(x))
	case int64:
		v.SetString(strconv.FormatInt(x, 10))
	default:
		return false
	}
	return true
}

// whole reads a whole number.
func whole(from any) (int64, bool) {
	switch x := from.(type) {
	case int64:
		return x, true
	case string:
		n, err := strconv.ParseInt(x, 10, 64)
		return n, err == nil
	case float64:
		return int64(x), x == float64(int64(x))
	}
	return 0, false
}

func assignBool(v reflect.Value, from any) bool {
	switch x := from.(type) {
	case bool:
		v.SetBool(x)
	case int64:
		v.SetBool(x != 0)
	default:
		return false
	}
	return true
}

func assignFloat(v reflect.Value, from any) bool {
	switch x := from.(type) {
	case float64:
		v.SetFloat(x)
	case int64:
		v.SetFloat(float64(x))
	case string:
		f, err := strconv.ParseFloat(x, 64)
		v.SetFloat(f)
		return err == nil
	default:
		return false
	}
	return true
}

func assignBytes(v reflect.Value, from any) bool {
	switch x := from.(type) {
	case []byte:
		v.SetBytes(bytes.Clone(x)) // the driver may use its own again
	case string:
		v.SetBytes([]byte(x))
	default:
		return false
	}
	return true
}

func assignTime(v reflect.Value, from any) bool {
	n, ok := whole(from)
	at := v.Addr().Interface().(*time.Time)
	if from == nil || ok && n == 0 {
		*at = time.Time{}
		return true
	}
	*at = time.UnixMicro(n).UTC()
	return ok
}
