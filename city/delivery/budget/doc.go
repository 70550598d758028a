// Package budget is the city's money for what it executes: the budget laws with
// their lines, how the credit of a line changes and is spent, and which
// initiatives draw on it.
//
// No money enters but through a line of a law. A line has the credit that the
// law gave it (original) and the credit it has today (credit), which dated
// amendments change. Initiatives draw on lines: several on one line, one on
// several lines. What a line spends on other things than initiatives is its own
// use. Money that is spent goes through three stages: committed, accrued, paid.
//
// What always holds, and the tests try to break:
//
//   - 0 <= paid <= accrued <= committed <= credit on every line, and
//     committed <= drawn for every draw.
//   - No act here takes more from a line than is free on it. Only an amendment,
//     which comes from outside, may leave draws without credit; who is short of
//     how much is then stored, told and listed until it is mended.
//   - The totals of a law, of each function, source, ministry and axis and of
//     each initiative are the sums of its lines and draws, through any sequence
//     of acts: they are counters that change in the transaction of the act.
//   - Sums are of one currency. An initiative draws in one currency only.
//
// Amounts are whole centavos (hundredths) of the law's currency in int64.
package budget
