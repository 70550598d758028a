package charter

// Frame is what the roundtable works on and how it sorts it. Each list is open:
// a city writes its own, with days of validity.
type Frame struct {
	Axes     List[Axis]
	Goals    List[Goal]
	Purposes List[Purpose]
	Pillars  List[Pillar]
	Groups   List[Group]
	Barriers List[BarrierKind]
	Types    List[InitiativeType]
}

// Axis is a main line of work; an initiative has exactly one main axis.
type Axis struct {
	Entry
	Color int // index of its colour in the palette, from 1
}

// Goal is something the roundtable wants for the city.
type Goal struct{ Entry }

// Purpose is a trait of the city that initiatives strengthen, a tag.
type Purpose struct{ Entry }

// Pillar is a theme of the government's communication.
type Pillar struct{ Entry }

// Group is a kind of people who benefit.
type Group struct{ Entry }

// BarrierKind is a kind of obstacle an initiative meets.
type BarrierKind struct{ Entry }

// InitiativeType is what an initiative sets up: a programme, a fund, a service.
type InitiativeType struct{ Entry }
