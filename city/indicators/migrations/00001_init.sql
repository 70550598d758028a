-- +goose Up
-- What happened to an initiative that its owner keeps no history of; code is the
-- ministry or the step.
CREATE TABLE indicators_moment (
  event TEXT PRIMARY KEY,
  initiative TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX indicators_moment_at ON indicators_moment (at, event);
