// Package iati writes activities as the International Aid Transparency Initiative's
// standard 2.03 has them: one XML element after the other, in the order that its
// schema asks for. It knows no city; texts and codes are the caller's.
//
// Source: https://iatistandard.org/en/iati-standard/203/
package iati
