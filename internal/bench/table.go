package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
)

// growth is the most a figure of the large town may be of that of the small.
const growth = 1.5

// line is one figure of the table.
type line struct {
	name  string
	unit  string
	small []float64 // one value a round; empty for what has no small town
	large []float64
	bar   float64 // 0: the figure is there to be known
	least bool    // the bar is the least, not the most
	other string  // what others take for the same, e.g. "a tool 1.2 s"
	gone  string  // why it could not be measured
}

// table is what the run found.
type table struct{ lines []line }

func (t *table) add(l line) { t.lines = append(t.lines, l) }

// met says whether a line keeps its bar and does not grow with the town.
func (l line) met() bool {
	if l.bar == 0 || l.gone != "" {
		return true
	}
	figure := median(l.large)
	if l.least {
		return figure >= l.bar
	}
	return figure <= l.bar && (len(l.small) == 0 || figure <= growth*median(l.small))
}

// print writes the table; the error says which bars were missed.
func (t *table) print(w io.Writer, b *bench) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "figure\tunit\tat %d\tat %d\trounds\tbar\tof bar\tgrowth\t\tfor comparison\t\n", b.small, b.large)
	var missed []string
	for _, l := range t.lines {
		fmt.Fprintln(out, strings.Join(l.cells(), "\t")+"\t")
		if !l.met() {
			missed = append(missed, l.name)
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nMedians of %d rounds, with the least and the most of them. Growth may reach %.1f. %d processors, load %s.\n",
		b.rounds, growth, runtime.NumCPU(), load())
	if len(missed) > 0 {
		return fmt.Errorf("missed: %s", strings.Join(missed, ", "))
	}
	return nil
}

func (l line) cells() []string {
	if l.gone != "" {
		return []string{l.name, l.unit, "", "", "", "", "", "", l.gone, l.other}
	}
	figure := median(l.large)
	cells := []string{l.name, l.unit, "", digits(figure), spread(l.large), "", "", "", "", l.other}
	if len(l.small) > 0 {
		cells[2] = digits(median(l.small))
		cells[7] = fmt.Sprintf("%.2f", figure/median(l.small))
	}
	if l.bar > 0 {
		sign := "<="
		if l.least {
			sign = ">="
		}
		cells[5], cells[6], cells[8] = sign+" "+digits(l.bar), fmt.Sprintf("%.2f", figure/l.bar), "ok"
		if !l.met() {
			cells[8] = "MISSED"
		}
	}
	return cells
}

// spread is the least and the most of the rounds.
func spread(values []float64) string {
	least, most := values[0], values[0]
	for _, v := range values {
		least, most = min(least, v), max(most, v)
	}
	return digits(least) + ".." + digits(most)
}

// digits shows about three figures.
func digits(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// load is how many threads wanted a processor over the last minutes, "unknown"
// where the system does not say.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(text)); err == nil && len(fields) > 2 {
		return strings.Join(fields[:3], " ")
	}
	return "unknown"
}
