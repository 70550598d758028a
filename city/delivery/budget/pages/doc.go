// Package pages shows the city's money: the budget laws, what a year's money is
// shared out to, every line with what became of its credit, how a law is brought
// from a spreadsheet, and what an initiative draws and spends.
package pages
