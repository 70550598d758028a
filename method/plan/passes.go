package plan

// sort puts every node after those it waits for, or returns the tasks that wait
// for each other.
func (n *network) sort() (circle []string) {
	waiting := n.in
	n.order = make([]int32, 0, len(n.owner))
	for node := range n.owner {
		if waiting[node] == 0 {
			n.order = append(n.order, int32(node))
		}
	}
	for next := 0; next < len(n.order); next++ {
		for _, e := range n.edgesFrom(n.order[next]) {
			if waiting[e.to]--; waiting[e.to] == 0 {
				n.order = append(n.order, e.to)
			}
		}
	}
	if len(n.order) == len(n.owner) {
		return nil
	}
	return n.circle()
}

// circle walks back among the nodes that are still waiting until it meets
// itself. Each of them waits for another that does.
func (n *network) circle() []string {
	before := make([]int32, len(n.owner))
	for node := len(n.owner) - 1; node >= 0; node-- {
		if n.in[node] == 0 {
			continue
		}
		for _, e := range n.edgesFrom(int32(node)) {
			before[e.to] = int32(node)
		}
	}
	at := int32(0)
	for n.in[at] == 0 {
		at++
	}
	met := make([]bool, len(n.owner))
	for ; !met[at]; at = before[at] {
		met[at] = true
	}
	var back []int32
	for node := at; len(back) == 0 || node != at; node = before[node] {
		back = append(back, node)
	}
	return n.names(back)
}

// names are the tasks of a circle of nodes walked backwards, in the order of
// waiting. A summary task's gate and end are one task.
func (n *network) names(back []int32) []string {
	var ids []string
	for i := len(back) - 1; i >= 0; i-- {
		id := n.plan.Tasks[n.owner[back[i]]].ID
		if len(ids) == 0 || ids[len(ids)-1] != id {
			ids = append(ids, id)
		}
	}
	if len(ids) > 1 && ids[0] == ids[len(ids)-1] {
		ids = ids[1:]
	}
	return ids
}

// forward finds the earliest moment of every node, and returns the first task
// that would leave the calendar, -1 if none does.
func (n *network) forward() (beyond int32) {
	limit := len(n.plan.Calendar.days)
	for _, node := range n.order {
		if n.early[node] < 0 || n.early[node]+n.length[node] > limit {
			return n.owner[node]
		}
		work := n.length[node] > 0
		for _, e := range n.edgesFrom(node) {
			n.push(node, e, e.dawn && work || !work && n.dawn[node])
		}
		if n.isTask(node) {
			n.last = max(n.last, n.early[node]+n.length[node])
		}
	}
	return -1
}

// push moves the node that an edge reaches behind the one it leaves. Of equal
// drivers the task that stands first counts.
func (n *network) push(node int32, e edge, dawn bool) {
	to, moment := e.to, n.early[node]+int(e.weight)
	if n.held[to] == begun || n.held[to] == must && moment != n.early[to] || moment < n.early[to] {
		return
	}
	if moment > n.early[to] {
		n.early[to], n.dawn[to], n.driver[to] = moment, dawn, node
		return
	}
	n.dawn[to] = n.dawn[to] || dawn && n.held[to] == loose
	if driver := n.driver[to]; driver < 0 || n.owner[node] < n.owner[driver] {
		n.driver[to] = node
	}
}

// backward finds the latest moment of every node that does not move the end of
// the plan, and the latest that moves no other task.
func (n *network) backward() {
	for k := len(n.order) - 1; k >= 0; k-- {
		node := n.order[k]
		late := n.last - n.length[node]
		free := late
		for _, e := range n.edgesFrom(node) {
			if n.held[e.to] == begun {
				continue
			}
			late = min(late, n.late[e.to]-int(e.weight))
			moves := n.free[e.to]
			if n.isTask(e.to) {
				moves = n.early[e.to]
			}
			free = min(free, moves-int(e.weight))
		}
		n.late[node], n.free[node] = n.bound(node, late), free
	}
}

// path follows back what held up the task that ends last.
func (n *network) path() []int {
	at := int32(-1)
	for node := range n.owner {
		if n.isTask(int32(node)) && (at < 0 || n.early[node]+n.length[node] > n.early[at]+n.length[at]) {
			at = int32(node)
		}
	}
	var path []int
	for ; at >= 0; at = n.driver[at] {
		if n.isTask(at) {
			path = append(path, int(n.owner[at]))
		}
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}
