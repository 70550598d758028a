package plan

// network is the plan as a graph without circles: a node for each task, and a
// second one for the end of each summary task. A summary task's first node is
// the gate through which its parts begin; its second the moment when the last
// of them has ended.
type network struct {
	plan   *Plan
	tree   *Outline
	linked []ends // by link

	end   []int32 // by task: the node of its end, the task itself when it has no parts
	owner []int32 // by node: its task
	edges []edge  // in the order of the nodes they leave
	out   []int32 // by node: where its edges begin; one more for the end
	in    []int32 // by node: how many edges reach it
	order []int32 // the nodes, each after those it waits for

	early  []int  // by node: the moment at which it can begin
	length []int  // by node: working days
	dawn   []bool // by node: the moment is a morning, for milestones
	driver []int32
	held   []hold
	late   []int // by node: the moment at which it must begin
	free   []int // by node: the moment up to which nothing else moves
	last   int   // the moment at which everything has ended
}

// edge says that a node waits for another: it begins no earlier than the other
// begins, plus weight.
type edge struct {
	to     int32
	weight int32
	dawn   bool // waits for a beginning, not for an end
}

// hold says what a node does about those it waits for.
type hold uint8

const (
	loose hold = iota // waits for them
	must              // has its day by constraint
	begun             // has really begun
)

func newNetwork(p *Plan, tree *Outline, linked []ends) *network {
	n := &network{plan: p, tree: tree, linked: linked, end: make([]int32, len(p.Tasks))}
	n.owner = make([]int32, len(p.Tasks), 2*len(p.Tasks))
	for i := range p.Tasks {
		n.owner[i], n.end[i] = int32(i), int32(i)
		if tree.Parts[i] > 0 {
			n.end[i] = int32(len(n.owner))
			n.owner = append(n.owner, int32(i))
		}
	}
	nodes := len(n.owner)
	ints := make([]int, 4*nodes)
	n.early, n.length, n.late, n.free = ints[:nodes], ints[nodes:2*nodes], ints[2*nodes:3*nodes], ints[3*nodes:]
	n.dawn, n.held, n.driver = make([]bool, nodes), make([]hold, nodes), make([]int32, nodes)
	for i := range p.Tasks {
		n.begin(int32(i))
	}
	n.connect()
	return n
}

// connect sorts the edges by the node they leave: counted first, then placed.
func (n *network) connect() {
	nodes := len(n.owner)
	numbers := make([]int32, 2*nodes+1)
	n.out, n.in = numbers[:nodes+1], numbers[nodes+1:]
	total := 0
	n.eachEdge(func(from int32, e edge) {
		n.out[from]++
		n.in[e.to]++
		total++
	})
	sum := int32(0)
	for i, count := range n.out {
		n.out[i], sum = sum, sum+count
	}
	n.edges = make([]edge, total)
	n.eachEdge(func(from int32, e edge) {
		n.edges[n.out[from]] = e
		n.out[from]++
	})
	copy(n.out[1:], n.out[:nodes])
	n.out[0] = 0
}

// eachEdge calls fn with the edges of the links, then with those of the tree.
func (n *network) eachEdge(fn func(from int32, e edge)) {
	for i := range n.plan.Links {
		fn(n.edgeOf(i))
	}
	for i, parent := range n.tree.Parent {
		if parent >= 0 {
			fn(parent, edge{to: int32(i), dawn: true})
			fn(n.end[i], edge{to: n.end[parent], weight: int32(n.length[n.end[i]])})
		}
	}
}

// edgeOf is the edge of a link, with the node it leaves.
func (n *network) edgeOf(i int) (from int32, e edge) {
	link := &n.plan.Links[i]
	from, to := n.linked[i].from, n.linked[i].to
	weight := link.Lag
	if !link.Kind.fromStart() {
		from = n.end[from]
		weight += n.length[from]
	}
	if link.Kind.toFinish() {
		weight -= n.length[to]
	}
	return from, edge{to: to, weight: int32(weight), dawn: link.Kind.fromStart()}
}

// edgesFrom are the edges that leave a node.
func (n *network) edgesFrom(node int32) []edge { return n.edges[n.out[node]:n.out[node+1]] }

// isTask says whether a node is a task and not part of a summary task.
func (n *network) isTask(node int32) bool { return n.tree.Parts[n.owner[node]] == 0 }
