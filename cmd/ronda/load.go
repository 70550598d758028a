package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"ronda/internal/crowd"
)

// LoadCmd tries what a server bears before the day.
type LoadCmd struct {
	Meeting LoadMeetingCmd `cmd:"" help:"Play the people who follow a live meeting, and say how soon they hear of what happens."`
	Stage   LoadStageCmd   `cmd:"" hidden:""`
}

// LoadMeetingCmd plays the followers of a live meeting.
type LoadMeetingCmd struct {
	Participants int           `help:"How many follow." default:"1000"`
	Changes      float64       `help:"Changes a second that the own meeting makes." default:"20"`
	For          time.Duration `help:"How long." default:"30s"`
	At           string        `help:"The room of a meeting on a server that runs: https://ronda.example/reuniones/REU-2026-0042/sala. It is only read. Without it the command opens a meeting of its own on this machine, on a temporary folder." placeholder:"URL"`
	Cookie       string        `help:"With --at: the cookie of somebody who may follow the meeting, as the browser shows it: ronda=..." env:"RONDA_LOAD_COOKIE" placeholder:"NAME=VALUE"`
	JSON         bool          `name:"json" help:"Write JSON."`
}

// Run plays the crowd and writes what it heard. It fails when anything was lost,
// doubled or out of order.
func (c *LoadMeetingCmd) Run(ctx context.Context, s IO) error {
	if c.Participants < 1 || c.Changes <= 0 || c.For <= 0 {
		return errors.New("--participants, --changes and --for must be above 0")
	}
	o := crowd.Options{Participants: c.Participants, Changes: c.Changes, For: c.For, Room: strings.TrimRight(c.At, "/"), Cookie: c.Cookie}
	if c.At != "" {
		return c.report(ctx, s, o)
	}
	dir, err := os.MkdirTemp("", "ronda-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	o, stop, err := crowd.Own(ctx, self, dir, o)
	if err != nil {
		return err
	}
	return errors.Join(c.report(ctx, s, o), stop())
}

func (c *LoadMeetingCmd) report(ctx context.Context, s IO, o crowd.Options) error {
	r, err := crowd.Run(ctx, o, s.Err)
	if err != nil {
		return err
	}
	if c.JSON {
		err = writeJSON(s.Out, r)
	} else {
		err = r.Write(s.Out)
	}
	if err == nil && !r.Good() {
		err = errors.New("not everybody heard everything, once and in order")
	}
	return err
}

// LoadStageCmd serves the meeting that LoadMeetingCmd leads, in a process of its
// own so that what the server takes can be told from what the crowd takes.
type LoadStageCmd struct {
	Folder string `help:"Where the stage keeps its city." required:"" type:"path"`
}

// Run serves until the context ends.
func (c *LoadStageCmd) Run(ctx context.Context, s IO) error {
	secret := os.Getenv(crowd.SecretEnv)
	if secret == "" {
		return errors.New("a stage is opened by ronda load meeting")
	}
	stage, err := crowd.OpenStage(ctx, c.Folder, secret)
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(err, stage.Close())
	}
	fmt.Fprintf(s.Out, "http://%s%s\n", l.Addr(), stage.Room())
	return errors.Join(stage.Serve(ctx, l), stage.Close())
}
