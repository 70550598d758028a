// Package impact is how the city knows whether an initiative changes anything:
// its indicators, what was measured, and the people it reached.
//
// # Words
//
// An indicator says what is measured, in which unit, from which value (baseline)
// to which (target), by when, by whom and how often. An outcome is what changes
// for people, an output what the initiative delivers. A measurement is the value
// of one period, for the whole or for one territory or group. A reading is a
// measurement on its way in, from a person or from another system of the city.
//
// # Invariants
//
// A measurement is never changed: a correction is a new version with its reason,
// and the one before stays and is shown. Of each period, territory and group
// exactly one version stands, the latest. Nobody measures a period that is not
// over. A period closes when it was measured and its days of grace are over;
// afterwards only those who may correct do. A definition keeps its versions too,
// and what measurements mean (unit, decimals, whether they add up) never changes
// once there is one.
//
// Values are integers in units of the indicator's last decimal: 12,5 with one
// decimal is 125. No value is a float.
package impact
