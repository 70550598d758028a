// Package roundtable is the room everything else stands around: initiatives,
// the steps to adoption, and adoption itself.
//
// # Words
//
// An initiative begins as an idea: a title and one line that an official files,
// also outside the own area. A body that may propose (in Buenos Aires a General
// Direction) takes it up as its sponsor and writes the dossier: now it is a
// draft. Filing opens the steps. Each step has an office that assists and
// signs, items that need evidence, and a due day. The office signs, or returns
// the dossier with remarks; a signed step can be re-opened, which flags the
// later ones. When every step is whole, those who decide adopt, decline or
// defer.
//
// # Invariants
//
// Nobody signs for the proposer's side. A signed item is not edited: a
// correction re-opens the step and the old signature stays on record. No
// initiative is adopted with an open step, save by an override with a public
// reason. Every change and its event are one transaction. What is public
// begins with filing; the history before it is told in the filing act.
//
// Steps, offices, axes and thresholds are the charter's: an initiative keeps the
// version it was filed under.
package roundtable
