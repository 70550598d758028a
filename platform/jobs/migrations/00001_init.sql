-- +goose Up
CREATE TABLE jobs_job (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL,          -- with it the job is enqueued once; empty: no key
  payload TEXT NOT NULL,      -- emptied when the job is done
  state TEXT NOT NULL,        -- waiting, done (with a key only), dead
  run_at BIGINT NOT NULL,     -- not before; while it runs, the end of the lease
  expires BIGINT NOT NULL,    -- pointless after; 0: never
  attempts BIGINT NOT NULL,
  holder TEXT NOT NULL,       -- the copy of the program that runs it
  error TEXT NOT NULL,
  created BIGINT NOT NULL,
  ended BIGINT NOT NULL       -- done or dead since
);
CREATE INDEX jobs_job_due ON jobs_job (run_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_job_dead ON jobs_job (id) WHERE state = 'dead';
CREATE INDEX jobs_job_ended ON jobs_job (ended) WHERE state <> 'waiting';
CREATE INDEX jobs_job_held ON jobs_job (holder) WHERE holder <> '';
CREATE UNIQUE INDEX jobs_job_once ON jobs_job (name, key) WHERE key <> '';

CREATE TABLE jobs_schedule (
  name TEXT PRIMARY KEY,
  spec TEXT NOT NULL,         -- "every 1h0m0s", "daily 07:30 America/Argentina/Buenos_Aires"
  next_at BIGINT NOT NULL,    -- while it runs, the end of the lease
  last_at BIGINT NOT NULL,    -- the last run that succeeded
  holder TEXT NOT NULL,
  failures BIGINT NOT NULL,   -- since the last success
  error TEXT NOT NULL
);
