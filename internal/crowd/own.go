package crowd

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"ronda/internal/program"
	"ronda/platform/id"
)

// Own starts a stage in a process of its own, the program at path with the
// command that serves one in dir, and gives the options to follow it. Stop ends
// the process.
func Own(ctx context.Context, path, dir string, o Options) (Options, func() error, error) {
	secret := id.Secret()
	p, err := program.Start(ctx, path, []string{"load", "stage", "--folder", dir}, SecretEnv+"="+secret)
	if err != nil {
		return o, nil, err
	}
	o.Server, o.Room, o.Cookie = p, p.URL, CookieOf(secret)
	o.Chair = &Chair{Room: o.Room, Cookie: o.Cookie}
	if err := o.Chair.learn(ctx); err != nil {
		return o, nil, fmt.Errorf("%w\n%s", err, p.Said())
	}
	return o, p.Stop, nil
}

// SecretEnv is how a stage hears the secret of its visitors: what stands on a
// command line can be read by everybody on the machine.
const SecretEnv = "RONDA_LOAD_SECRET"

// learn reads whom the chair can let in and what is on the agenda.
func (c *Chair) learn(ctx context.Context) error {
	at, err := url.Parse(c.Room)
	if err != nil {
		return err
	}
	at.Path = "/puesta"
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return err
	}
	r.Header.Set("Cookie", c.Cookie)
	resp, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		switch kind, value, _ := strings.Cut(lines.Text(), " "); kind {
		case "guest":
			c.Keys = append(c.Keys, value)
		case "item":
			c.Items = append(c.Items, value)
		}
	}
	if len(c.Keys) == 0 || len(c.Items) == 0 {
		return fmt.Errorf("the stage answered %s without guests or items", resp.Status)
	}
	return nil
}
