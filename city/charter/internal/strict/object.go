package strict

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// Object is one mapping of a file. Its methods read a key and record what is
// wrong with it; they give the zero value then, so that reading goes on.
type Object struct {
	r      *Reader
	file   string
	node   *yaml.Node
	fields map[string]*yaml.Node
	asked  []string
}

// object reads node as a mapping; keys that read did not ask for are problems.
func (r *Reader) object(file string, node *yaml.Node, read func(*Object)) {
	if node.Kind != yaml.MappingNode {
		r.Fail(At{file, node.Line}, "charter.problem.want_mapping")
		return
	}
	o := &Object{r: r, file: file, node: node, fields: map[string]*yaml.Node{}}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if first, ok := o.fields[key.Value]; ok {
			r.Fail(At{file, key.Line}, "charter.problem.key_twice", "name", key.Value, "line", first.Line)
			continue
		}
		o.fields[key.Value] = value
	}
	read(o)
	o.refuseUnasked()
}

func (o *Object) refuseUnasked() {
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		key := o.node.Content[i]
		if slices.Contains(o.asked, key.Value) {
			continue
		}
		at := At{o.file, key.Line}
		if near := nearest(key.Value, slices.Clone(o.asked)); near != "" {
			o.r.Fail(at, "charter.problem.unknown_key_near", "name", key.Value, "near", near)
		} else {
			o.r.Fail(at, "charter.problem.unknown_key", "name", key.Value)
		}
	}
}

// At is the place of the object itself.
func (o *Object) At() At { return At{o.file, o.node.Line} }

// AtKey is the place of a key's value, of the object when it lacks the key.
func (o *Object) AtKey(key string) At {
	if n, ok := o.fields[key]; ok {
		return At{o.file, n.Line}
	}
	return o.At()
}

// Fail records a problem with a key.
func (o *Object) Fail(key, problem string, args ...any) { o.r.Fail(o.AtKey(key), problem, args...) }

// Has says whether the key is there with a value, and counts as asking for it.
func (o *Object) Has(key string) bool {
	o.asked = append(o.asked, key)
	n, ok := o.fields[key]
	return ok && n.Tag != "!!null"
}

// need is the node of a key that must be there, nil after recording its absence.
func (o *Object) need(key string) *yaml.Node {
	if !o.Has(key) {
		o.Fail(key, "charter.problem.missing", "name", key)
		return nil
	}
	return o.fields[key]
}

// Object reads the mapping under a key that must be there.
func (o *Object) Object(key string, read func(*Object)) {
	if n := o.need(key); n != nil {
		o.r.object(o.file, n, read)
	}
}

// OptObject reads the mapping under a key that may be absent.
func (o *Object) OptObject(key string, read func(*Object)) {
	if o.Has(key) {
		o.r.object(o.file, o.fields[key], read)
	}
}

// Each reads a list of mappings that must be there with at least one.
func (o *Object) Each(key string, read func(*Object)) {
	n := o.need(key)
	if n == nil {
		return
	}
	if n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		o.Fail(key, "charter.problem.empty_list", "name", key)
	}
	o.OptEach(key, read)
}

// OptEach reads a list of mappings that may be absent.
func (o *Object) OptEach(key string, read func(*Object)) {
	for _, n := range o.list(key) {
		o.r.object(o.file, n, read)
	}
}

func (o *Object) list(key string) []*yaml.Node {
	if !o.Has(key) {
		return nil
	}
	n := o.fields[key]
	if n.Kind != yaml.SequenceNode {
		o.Fail(key, "charter.problem.want_list", "name", key)
		return nil
	}
	return n.Content
}

// Keys lists the keys of the object in the order of the file, for mappings
// whose keys are free, and counts as asking for all of them.
func (o *Object) Keys() []string {
	var keys []string
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		if key := o.node.Content[i].Value; !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	o.asked = append(o.asked, keys...)
	return keys
}
