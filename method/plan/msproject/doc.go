// Package msproject reads and writes plans as the XML of Microsoft Project
// (the Project 2007 XML Data Interchange Schema, mspdi_pj12.xsd), which most
// planning tools exchange.
//
// What both can say is kept exactly: names, outline, durations and lags in
// whole working days, the four kinds of links, constraints, deadlines, progress,
// actual dates, the first baseline, the calendar's week and exceptions. What a
// plan cannot say, such as resources, hours of the day, or calendars of single
// tasks, is told as a [Note].
package msproject
