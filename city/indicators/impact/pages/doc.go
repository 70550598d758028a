// Package pages shows what initiatives change: the city's indicators summed up,
// one indicator with its chart and every version of its values, the indicators
// and beneficiaries of an initiative, the form by which one measures, and the
// keys by which other systems report.
package pages
