package plan

// Outline is the tree of a plan's tasks.
type Outline struct {
	Order  []int32 // places of tasks, each summary task before its parts
	Level  []int32 // by task, 0 at the top
	Parent []int32 // by task, the place of its summary task, -1 at the top
	Parts  []int32 // by task, how many parts it has itself; 0 when it is no summary task
}

// Outline returns the tree of the plan's tasks. Tasks whose parent is unknown
// stand at the top; those within each other are left out of Order.
func (p *Plan) Outline() *Outline {
	return outline(p.Tasks, places(p.Tasks))
}

// places numbers the tasks by their IDs, of which the first counts.
func places(tasks []Task) map[string]int32 {
	at := make(map[string]int32, len(tasks))
	for i := range tasks {
		if _, twice := at[tasks[i].ID]; !twice {
			at[tasks[i].ID] = int32(i)
		}
	}
	return at
}

func outline(tasks []Task, at map[string]int32) *Outline {
	n := len(tasks)
	numbers := make([]int32, 4*n)
	o := &Outline{Order: numbers[:0:n], Level: numbers[n : 2*n], Parent: numbers[2*n : 3*n], Parts: numbers[3*n:]}
	// first and next chain the parts of each summary task; the last place is the top.
	links := make([]int32, 2*n+1)
	first, next := links[:n+1], links[n+1:]
	for i := range first {
		first[i] = -1
	}
	for i := n - 1; i >= 0; i-- {
		o.Parent[i] = -1
		under := int32(n)
		if parent, ok := at[tasks[i].Parent]; ok && tasks[i].Parent != "" {
			o.Parent[i], under = parent, parent
			o.Parts[parent]++
		}
		next[i], first[under] = first[under], int32(i)
	}
	o.walk(first, next)
	return o
}

// walk puts the tasks in order, going down before going on.
func (o *Outline) walk(first, next []int32) {
	level := int32(0)
	for at := first[len(first)-1]; at >= 0; {
		o.Order, o.Level[at] = append(o.Order, at), level
		if first[at] >= 0 {
			at, level = first[at], level+1
			continue
		}
		for next[at] < 0 && o.Parent[at] >= 0 {
			at, level = o.Parent[at], level-1
		}
		at = next[at]
	}
}
