package ui

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Values is what stands in the fields of a form, by field name, as text and
// exactly as typed; it has the shape of url.Values, so Values(r.PostForm) keeps
// everything when a form comes back with errors.
type Values map[string][]string

// Get is the first value of a field, empty without one.
func (v Values) Get(name string) string {
	if list := v[name]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// Has says whether a field holds that value among its own.
func (v Values) Has(name, value string) bool { return slices.Contains(v[name], value) }

// ValuesOf reads a struct into values, for a form that opens on something
// stored. Fields are named by their tag `form:"title"`; those without the tag
// are left out. Slices give several values, true gives "true", a nil pointer
// and the zero number give nothing.
func ValuesOf(row any) Values {
	values := Values{}
	v := reflect.Indirect(reflect.ValueOf(row))
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("form"); name != "" {
			values[name] = texts(v.Field(i))
		}
	}
	return values
}

func texts(v reflect.Value) []string {
	if v.IsZero() {
		return nil
	}
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Slice {
		return []string{fmt.Sprint(v.Interface())}
	}
	list := make([]string, 0, v.Len())
	for i := range v.Len() {
		list = append(list, fmt.Sprint(v.Index(i).Interface()))
	}
	return list
}

// FieldError is what is wrong with one field, in words.
type FieldError struct {
	Name string // the field
	Text string
}

// Errors are the field errors of a form in form order, and the sentence that
// stands above them.
type Errors struct {
	Title  string
	Fields []FieldError
}

// ErrorsOf translates the fields of an Invalid or Conflict fault. Any other
// error gives no field errors: it is not the form's to show.
func ErrorsOf(ctx context.Context, err error) Errors {
	var f *fault.Error
	if !errors.As(err, &f) || (f.Kind != fault.Invalid && f.Kind != fault.Conflict) {
		return Errors{}
	}
	out := Errors{}
	if f.Key != "" {
		out.Title = i18n.T(ctx, f.Key, f.Args...)
	}
	for _, field := range f.Fields {
		out.Fields = append(out.Fields, FieldError{field.Name, i18n.T(ctx, field.Key, field.Args...)})
	}
	return out
}

// For is the first error of a field, empty when it is right.
func (e Errors) For(name string) string {
	for _, f := range e.Fields {
		if f.Name == name {
			return f.Text
		}
	}
	return ""
}

// Any says whether something is wrong.
func (e Errors) Any() bool { return e.Title != "" || len(e.Fields) > 0 }
