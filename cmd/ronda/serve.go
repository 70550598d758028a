package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"ronda/app"
)

// Where are the flags that say where a city's data lies.
type Where struct {
	Data     string `help:"Folder of the city's data: the record's key and, unless --database is given, the SQLite database." default:"ronda-data" type:"path" placeholder:"DIR"`
	Database string `help:"PostgreSQL address, postgres://user:password@host/name. Without it the database is SQLite in --data." placeholder:"URL"`
}

// config is the configuration that every command shares.
func (w Where) config(log *slog.Logger) app.Config {
	return app.Config{Data: w.Data, Database: w.Database, Log: log}
}

// ServeCmd serves a city.
type ServeCmd struct {
	Where
	Addr        string `help:"Where to listen." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Metrics     string `help:"Where Prometheus reads metrics; keep it private. Without it there are none." placeholder:"HOST:PORT"`
	Origin      string `help:"The address people use, for links in mails and passkeys: https://ronda.example. Without it, that of --addr." placeholder:"URL"`
	City        string `help:"The city of the first start: one that comes with the program, or a folder with its files; buenosaires when absent. Later starts refuse another city than the one that is there." placeholder:"NAME|DIR"`
	SMTP        string `name:"smtp" help:"Mail server: smtp://user:password@host:587?from=ronda@example.org. Without it nobody can sign in by mail." placeholder:"URL"`
	ReplyTo     string `help:"The address at which answers to invitations are read; it goes into the invitations. Say also --inbound-smtp or --inbound-imap." placeholder:"ADDRESS"`
	InboundSMTP string `name:"inbound-smtp" help:"Where to take answers from the city's mail server by SMTP; keep it private." placeholder:"HOST:PORT"`
	InboundIMAP string `name:"inbound-imap" help:"The mailbox that answers come to: imaps://user:password@host." placeholder:"URL"`
	NewPepper   bool   `help:"pepper.key is lost: make another. Codes on their way and links that nobody has used end."`
	Proxy       bool   `help:"A proxy in front of the program sets X-Forwarded-For."`
}

// Run serves until the context ends.
func (c *ServeCmd) Run(ctx context.Context, s IO) error {
	log := logger(s.Err)
	cfg := c.config(log)
	cfg.City, cfg.SMTP, cfg.Trusted, cfg.NewPepper, cfg.Origin = c.City, c.SMTP, c.Proxy, c.NewPepper, strings.TrimSuffix(c.Origin, "/")
	cfg.ReplyTo, cfg.InboundSMTP, cfg.InboundIMAP = c.ReplyTo, c.InboundSMTP, c.InboundIMAP
	return listen(ctx, s, cfg, c.Addr, c.Metrics, "Ronda")
}

// DemoCmd opens a demonstration.
type DemoCmd struct {
	Addr string `help:"Where to listen." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Data string `help:"Folder that keeps the demonstration. Without it, a new one each time, gone at the end. RONDA_DATA is not read, which may name a real city." type:"path" env:"-" placeholder:"DIR"`
}

// Run opens the demonstration until the context ends.
func (c *DemoCmd) Run(ctx context.Context, s IO) error {
	dir := c.Data
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "ronda-demo-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	log := slog.New(slog.NewTextHandler(s.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return listen(ctx, s, app.Config{Data: dir, City: "buenosaires", Demo: true, Log: log}, c.Addr, "", "Ronda demo")
}

func logger(w io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(w, nil)) }

const (
	readTimeout = 30 * time.Second
	idleTimeout = 2 * time.Minute
	stopTimeout = 10 * time.Second // for requests that run when the program is told to stop
)

// listen opens the program, answers on addr and stops gracefully when ctx ends.
func listen(ctx context.Context, s IO, cfg app.Config, addr, metrics, name string) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if cfg.Origin == "" {
		cfg.Origin = "http://" + l.Addr().String()
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	stopMetrics, err := serveMetrics(ctx, metrics, registry)
	if err != nil {
		return err
	}
	defer stopMetrics()
	cfg.Metrics = registry
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	beside, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var wg sync.WaitGroup
	wg.Go(func() { a.Run(beside) })
	defer wg.Wait()
	defer cancel()
	if err := a.Announce(ctx, s.Out, name); err != nil {
		return err
	}
	return serve(ctx, l, a.Handler(), a.EndStreams)
}

// serve answers on l until ctx ends and then lets the running requests finish;
// endStreams ends those that would not by themselves.
func serve(ctx context.Context, l net.Listener, h http.Handler, endStreams func()) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: readTimeout, ReadTimeout: 2 * readTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: 64 << 10}
	srv.RegisterOnShutdown(endStreams)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		stopped <- srv.Shutdown(grace)
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// serveMetrics answers Prometheus on its own address; none when addr is empty.
func serveMetrics(ctx context.Context, addr string, registry *prometheus.Registry) (stop func(), err error) {
	if addr == "" {
		return func() {}, nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: readTimeout}
	go func() { _ = srv.Serve(l) }()
	return func() { _ = srv.Close() }, nil
}

// MigrateCmd brings the tables up to date.
type MigrateCmd struct{ Where }

// Run migrates and says so.
func (c *MigrateCmd) Run(ctx context.Context, s IO) error {
	d, err := app.OpenDatabase(ctx, c.config(logger(s.Err)))
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = fmt.Fprintln(s.Out, "The tables are up to date.")
	return err
}

// RoutesCmd lists the addresses.
type RoutesCmd struct {
	JSON bool `help:"As JSON."`
}

// Run opens a program on an empty folder and lists what it answers.
func (c *RoutesCmd) Run(ctx context.Context, s IO) error {
	dir, err := os.MkdirTemp("", "ronda-routes-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	a, err := app.Open(ctx, app.Config{Data: dir, City: "buenosaires", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer a.Close()
	if c.JSON {
		return json.NewEncoder(s.Out).Encode(a.RouteList())
	}
	for _, r := range a.RouteList() {
		fmt.Fprintf(s.Out, "%-5s %s\n", r.Method, r.Pattern)
	}
	return nil
}
