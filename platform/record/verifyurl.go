package record

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Addresses of the record below the address of a site.
const (
	exportPath     = "/registro/exportar"
	checkpointPath = "/api/v1/record/checkpoint"
)

// VerifyURL downloads the export of a site, e.g. "https://ronda.example", and
// checks it; the checkpoint that the site shows is one that the export must
// extend. Nothing but these two addresses of that site is asked for. The error
// says that the site cannot be reached or gives something else.
func VerifyURL(ctx context.Context, site string, check Check) (Result, error) {
	base, err := url.Parse(strings.TrimSuffix(site, "/"))
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return Result{}, fmt.Errorf("%q is not the address of a site: give one like https://ronda.example", site)
	}
	client := &http.Client{CheckRedirect: sameSite, Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: time.Minute}}
	defer client.CloseIdleConnections()
	shown, err := fetch(ctx, client, base.String()+checkpointPath)
	if err != nil {
		return Result{}, err
	}
	text, err := io.ReadAll(io.LimitReader(shown, maxNote))
	if err = errors.Join(err, shown.Close()); err != nil {
		return Result{}, fmt.Errorf("checkpoint of %s: %w", site, err)
	}
	export, err := fetch(ctx, client, base.String()+exportPath)
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = export.Close() }() // only read from
	check.Since = append([]string{string(text)}, check.Since...)
	return VerifyExport(ctx, export, check)
}

// sameSite refuses to be sent to another site.
func sameSite(next *http.Request, before []*http.Request) error {
	if next.URL.Host != before[0].URL.Host || len(before) > 3 {
		return fmt.Errorf("the site sends on to %s", next.URL.Host)
	}
	return nil
}

func fetch(ctx context.Context, client *http.Client, address string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("%s answers %s", address, res.Status), res.Body.Close())
	}
	return res.Body, nil
}
