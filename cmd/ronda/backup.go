package main

import (
	"context"
	"fmt"
	"os"

	"ronda/app"
	"ronda/platform/db"
)

// BackupCmd copies the database while the city is being served.
type BackupCmd struct {
	Where
	Force bool   `help:"Also when the file is there already."`
	File  string `arg:"" help:"The file to write. The keys are not in it: keep copies of record.key and pepper.key in a safe place." type:"path" placeholder:"FILE"`
}

// Run makes the backup and says what else to keep.
func (c *BackupCmd) Run(ctx context.Context, s IO) error {
	if _, err := os.Stat(c.File); err == nil && !c.Force {
		return fmt.Errorf("%s is there already; --force replaces it", c.File)
	}
	d, err := app.OpenExisting(ctx, c.config(logger(s.Err)))
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Backup(ctx, c.File); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "Backup written to %s.\nKeep copies of %s and of pepper.key beside it apart from the backup: without the first no new act can be signed.\n", c.File, c.config(nil).KeyFile())
	return err
}

// RestoreCmd puts a backup back.
type RestoreCmd struct {
	Where
	File  string `arg:"" help:"The backup." type:"existingfile" placeholder:"FILE"`
	Force bool   `help:"Also when there is a database already; it is kept aside."`
}

// Run restores and says where the old database went.
func (c *RestoreCmd) Run(ctx context.Context, s IO) error {
	aside, err := db.Restore(ctx, c.File, c.config(logger(s.Err)).Target(), c.Force)
	if err != nil {
		return err
	}
	if aside != "" {
		fmt.Fprintln(s.Out, "The database that was there is kept as", aside)
	}
	_, err = fmt.Fprintln(s.Out, "Restored. Put record.key and pepper.key back into "+c.Data+" if they are not there, then check the record with: ronda verify", c.Data)
	return err
}
