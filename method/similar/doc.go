// Package similar finds texts that say nearly the same thing: the duplicates
// among citizens' ideas, and the initiatives that already exist while somebody
// types the title of a new one. It only measures; joining two texts is always
// left to a person.
//
// A text becomes words (markup removed, entities decoded, NFC, lower case, runs
// of two or more letters or digits), the words become stems (Snowball, Spanish,
// then accents removed), and the stems become a vector whose weights are
// (1 + ln tf) * idf with idf = ln((1+N)/(1+df)) + 1 over the N texts of the
// collection, after Salton and Buckley, "Term-weighting approaches in automatic
// text retrieval" (1988). Stems of more than a fifth of the texts say nothing
// and weigh 0. The likeness of two texts is the cosine of their vectors, from 0
// (nothing in common) to 1 (the same stems in the same proportions).
//
// Three questions are answered:
//
//   - [Index.Query]: which texts of the collection are like this one?
//   - [Index.Typing]: which could somebody mean who has typed this much of a title?
//   - [Index.Pairs]: which texts of the collection are like each other?
//
// [Sketch] and [NearCopies] find copies by their letters instead of their words
// (MinHash, Broder 1997), which also catches texts with typing errors;
// [Differing] shows what two alike texts do not share, since "repair Mitre
// street" and "repair Salta street" are alike and yet two requests.
package similar
