-- +goose Up
-- What an initiative came of, e.g. citizens' ideas: "kind:id" with blanks between.
ALTER TABLE roundtable_initiative ADD COLUMN origin TEXT NOT NULL DEFAULT '';
