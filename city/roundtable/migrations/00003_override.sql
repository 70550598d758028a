-- +goose Up
ALTER TABLE roundtable_initiative ADD COLUMN override_reason TEXT NOT NULL DEFAULT '';
