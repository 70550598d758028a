package charter

import "slices"

// Order says when a step may be signed.
type Order string

// The orders. Under Parallel a step does not wait for those on its Parallel list.
const (
	Sequential Order = "sequential"
	Parallel   Order = "parallel"
)

// Flow is the way of an initiative to adoption.
type Flow struct {
	Order Order
	Steps List[Step] // in order; Number counts from 1
}

// Step is one step to adoption, signed by an office.
type Step struct {
	Entry
	Number     int
	Question   Name     // what the step asks, in plain words
	Office     string   // the office that assists and signs, e.g. "planning"
	DueDays    int      // calendar days the office has
	Never      []string // offices whose people can not sign it, whatever else they are
	Attendance string   // office whose presence must be recorded first, empty: none
	Parallel   []string // codes of earlier steps it does not wait for when Order is Parallel
	Items      List[Item]
}

// Item is one thing a step requires, with evidence of its own.
type Item struct {
	Entry
	Hint      Name       // what good evidence is, in a sentence
	Evidence  []Evidence // kinds that are accepted
	Threshold *Threshold // nil without one
	Proof     Proof      // what of the city's work shows it by itself, empty: nothing
}

// Proof is what the city's work can show of a step by itself.
type Proof string

// What meetings show: internal ones, collaborative ones, and specialists at them.
const (
	ProofPresentation Proof = "presentation" // the page made of the dossier was presented
	ProofDiscussion   Proof = "discussion"   // it was taken up
	ProofMinutes      Proof = "minutes"      // approved minutes
	ProofCall         Proof = "call"         // who was called
	ProofAttendance   Proof = "attendance"   // outside bodies that were there, a figure
	ProofAgreement    Proof = "agreement"    // the common agenda
	ProofSpecialists  Proof = "specialists"  // specialists from outside, a figure
	ProofConfirmation Proof = "confirmation" // what they said of the initiative
	ProofProcedures   Proof = "procedures"   // what they said of each procedure
	ProofPresence     Proof = "presence"     // the office that has to be there was there
)

// What the preparation of execution shows: the money, the plan, what the work
// needs, and the indicators.
const (
	ProofBudget        Proof = "budget"        // what is drawn on lines of the budget law
	ProofObjectives    Proof = "objectives"    // objectives with a target and a day
	ProofSchedule      Proof = "schedule"      // tasks, milestones and what waits for what
	ProofEquipment     Proof = "equipment"     // what there is, and what is to be had from whom by when
	ProofFeasibility   Proof = "feasibility"   // the legal and administrative way
	ProofOutcome       Proof = "outcome"       // a complete indicator of impact
	ProofBeneficiaries Proof = "beneficiaries" // how many people, a figure
	ProofThreshold     Proof = "threshold"     // the score of scope and impact, a figure
)

// Proofs lists everything that can be shown.
var Proofs = []Proof{ProofPresentation, ProofDiscussion, ProofMinutes, ProofCall, ProofAttendance, ProofAgreement,
	ProofSpecialists, ProofConfirmation, ProofProcedures, ProofPresence,
	ProofBudget, ProofObjectives, ProofSchedule, ProofEquipment, ProofFeasibility, ProofOutcome, ProofBeneficiaries, ProofThreshold}

// ShownBy is the code of the item that this shows, empty without one.
func (f Flow) ShownBy(proof Proof) string {
	for _, s := range f.Steps.All() {
		for _, i := range s.Items.All() {
			if i.Proof == proof {
				return i.Code
			}
		}
	}
	return ""
}

// Evidence is a kind of proof.
type Evidence string

// The kinds of evidence.
const (
	EvidenceNote     Evidence = "note"     // a dated text
	EvidenceDocument Evidence = "document" // a file
	EvidenceLink     Evidence = "link"     // an address
	EvidenceList     Evidence = "list"     // lines of what, who, when
	EvidenceFigure   Evidence = "figure"   // a number, held against the threshold if there is one
	EvidencePresence Evidence = "presence" // the recorded presence of an office
)

// EvidenceKinds lists the kinds of evidence.
var EvidenceKinds = []Evidence{EvidenceNote, EvidenceDocument, EvidenceLink, EvidenceList, EvidenceFigure, EvidencePresence}

// Threshold is the least an item's figure must reach.
type Threshold struct {
	Min  int
	Of   int  // the greatest figure possible, 0: no such bound
	Unit Name // e.g. "puntos"
	Ours bool // set by those who wrote the charter, not by the source they follow
}

// Before lists the steps that must be whole before this one can be signed; nil
// for an unknown code.
func (f Flow) Before(code string) []Step {
	step, ok := f.Steps.Get(code)
	if !ok {
		return nil
	}
	var before []Step
	for _, s := range f.Steps.all[:step.Number-1] {
		if f.Order == Sequential || !slices.Contains(step.Parallel, s.Code) {
			before = append(before, s)
		}
	}
	return before
}

// After lists the later steps, those to flag when this one is re-opened; nil for
// an unknown code.
func (f Flow) After(code string) []Step {
	step, ok := f.Steps.Get(code)
	if !ok {
		return nil
	}
	return slices.Clone(f.Steps.all[step.Number:])
}

// Item finds an item and its step by the item's code, which is unique in the flow.
func (f Flow) Item(code string) (Item, Step, bool) {
	for _, s := range f.Steps.all {
		if it, ok := s.Items.Get(code); ok {
			return it, s, true
		}
	}
	return Item{}, Step{}, false
}

// CanSign says whether the step's rules let a person of these bodies sign it:
// one of the bodies holds the step's office and none holds a barred one. It does
// not know posts, delegations or the proposer.
func (c *Charter) CanSign(step Step, bodies ...string) bool {
	for _, office := range step.Never {
		if slices.Contains(bodies, c.Office(office)) {
			return false
		}
	}
	return slices.Contains(bodies, c.Office(step.Office))
}
