// Ronda is the roundtable a city innovates around. See ronda --help.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // a bare machine has no zones, and a city's days and calendars need its own

	"github.com/alecthomas/kong"

	"ronda/app"
	"ronda/platform/i18n"
)

// commands are what the program can do, in the order of the help.
type commands struct {
	Demo  DemoCmd  `cmd:"" help:"Open a roundtable with the Buenos Aires case in it and invented people. Nothing is kept unless --data is given."`
	Serve ServeCmd `cmd:"" help:"Serve a city's roundtable."`

	Verify  VerifyCmd  `cmd:"" help:"Check the public record: of a data folder, a downloaded export or a site."`
	Backup  BackupCmd  `cmd:"" help:"Copy the database while it is being served."`
	Restore RestoreCmd `cmd:"" help:"Put a backup back."`
	Import  ImportCmd  `cmd:"" help:"Take lists in."`
	Export  ExportCmd  `cmd:"" help:"Write a public list, or the public record, to standard output."`

	Administrator AdministratorCmd `cmd:"" help:"Say who administers the program, and replace one who cannot be reached."`

	Choose  ChooseCmd  `cmd:"" help:"Choose a portfolio within a budget from a file of votes (.pb)."`
	Rank    RankCmd    `cmd:"" help:"Order a few options from rankings, scores, grades or duels."`
	Opinion OpinionCmd `cmd:"" help:"Draw the map of opinion of a conversation's votes."`
	Similar SimilarCmd `cmd:"" help:"Find texts that say nearly the same."`

	Load LoadCmd `cmd:"" help:"Try what the server bears before the day."`

	Migrate MigrateCmd `cmd:"" help:"Bring the tables of the database up to date, and stop."`
	Routes  RoutesCmd  `cmd:"" help:"List every address that the program answers."`

	Version kong.VersionFlag `env:"-" help:"Say which version this is, and stop."`
}

// version says which program this is: the release it was installed as, or the
// commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "ronda"
	}
	said := "ronda " + info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			said += " " + s.Value
		}
	}
	return said + " " + info.GoVersion
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], IO{os.Stdin, os.Stdout, os.Stderr}); err != nil {
		fmt.Fprintln(os.Stderr, "ronda:", app.Words(err, i18n.English))
		os.Exit(1)
	}
}

// run reads the arguments and does the command.
func run(ctx context.Context, args []string, io IO) error {
	parser, err := kong.New(&commands{}, kong.Name("ronda"), kong.Writers(io.Out, io.Err), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Description("Ronda is the roundtable a city innovates around: from a first idea to the measured impact, on one public timeline."),
		kong.DefaultEnvars("RONDA"), kong.Vars{"version": version()})
	if err != nil {
		return err
	}
	k, err := parser.Parse(args)
	if err != nil {
		return err
	}
	k.BindTo(ctx, (*context.Context)(nil))
	return k.Run(io)
}
