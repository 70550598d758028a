-- +goose Up
CREATE TABLE impact_counter (
  name TEXT PRIMARY KEY, -- "IND-2026"
  n BIGINT NOT NULL
);

-- An indicator as it stands. Values are in units of its last decimal.
CREATE TABLE impact_indicator (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  initiative TEXT NOT NULL,
  name TEXT NOT NULL,
  about TEXT NOT NULL, -- how it is counted
  kind TEXT NOT NULL, -- outcome, output
  social BOOLEAN NOT NULL,
  unit TEXT NOT NULL,
  decimals BIGINT NOT NULL,
  direction TEXT NOT NULL, -- up, down
  below_zero BOOLEAN NOT NULL,
  adds BOOLEAN NOT NULL, -- what is measured happened in the period, and periods add up
  baseline TEXT NOT NULL, -- empty: none yet; a text so that none is not zero
  baseline_day TEXT NOT NULL,
  target TEXT NOT NULL,
  target_day TEXT NOT NULL,
  source TEXT NOT NULL,
  every TEXT NOT NULL,
  post TEXT NOT NULL, -- answers for it
  by_territory BOOLEAN NOT NULL,
  by_group BOOLEAN NOT NULL,
  per_inhabitant BOOLEAN NOT NULL,
  retired_at BIGINT NOT NULL,
  retired_why TEXT NOT NULL,
  version BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  -- kept with each act, so that lists need not compute them
  public BOOLEAN NOT NULL, -- of its initiative
  ministry TEXT NOT NULL, -- of the initiative
  axis TEXT NOT NULL,
  current TEXT NOT NULL, -- what stands of the whole, empty before it was measured
  current_period TEXT NOT NULL,
  measured BIGINT NOT NULL, -- measurements that stand
  next_period TEXT NOT NULL, -- expected next, empty for none
  next_due TEXT NOT NULL -- last day on which it is in time
);
CREATE UNIQUE INDEX impact_indicator_number ON impact_indicator (number);
CREATE INDEX impact_indicator_initiative ON impact_indicator (initiative, id);
CREATE INDEX impact_indicator_due ON impact_indicator (next_due, id);
CREATE INDEX impact_indicator_post ON impact_indicator (post, next_due, id);
CREATE INDEX impact_indicator_public ON impact_indicator (public, id);

-- What an indicator said before, version by version.
CREATE TABLE impact_definition (
  indicator TEXT NOT NULL,
  version BIGINT NOT NULL,
  data TEXT NOT NULL, -- JSON
  reason TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (indicator, version)
);

-- The goals, purposes, SDG codes and axes by which an indicator is summed up.
CREATE TABLE impact_tag (
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  indicator TEXT NOT NULL,
  PRIMARY KEY (kind, code, indicator)
);
CREATE INDEX impact_tag_of ON impact_tag (indicator);

CREATE TABLE impact_measurement (
  id TEXT PRIMARY KEY,
  indicator TEXT NOT NULL,
  period TEXT NOT NULL, -- "2026", "2026-S1", "2026-Q1", "2026-03"
  territory TEXT NOT NULL, -- empty: the whole
  grp TEXT NOT NULL, -- empty: everybody
  version BIGINT NOT NULL, -- from 1
  stands BOOLEAN NOT NULL, -- no later version
  value BIGINT NOT NULL,
  source TEXT NOT NULL,
  evidence TEXT NOT NULL, -- address
  note TEXT NOT NULL,
  reason TEXT NOT NULL, -- of a correction
  late BOOLEAN NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  ministry TEXT NOT NULL, -- of the body
  token TEXT NOT NULL, -- id of the integration that reported it, empty for a person
  system TEXT NOT NULL, -- its name
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX impact_measurement_version ON impact_measurement (indicator, period, territory, grp, version);

-- How many people an initiative reached so far; versions as of measurements.
CREATE TABLE impact_reached (
  id TEXT PRIMARY KEY,
  initiative TEXT NOT NULL,
  territory TEXT NOT NULL,
  grp TEXT NOT NULL,
  version BIGINT NOT NULL,
  stands BOOLEAN NOT NULL,
  people BIGINT NOT NULL,
  day TEXT NOT NULL, -- up to which they are counted
  evidence TEXT NOT NULL,
  note TEXT NOT NULL,
  reason TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX impact_reached_version ON impact_reached (initiative, territory, grp, version);

-- The score of scope and impact, version by version.
CREATE TABLE impact_score (
  initiative TEXT NOT NULL,
  version BIGINT NOT NULL,
  points TEXT NOT NULL, -- JSON: criterion -> points
  total BIGINT NOT NULL,
  why TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (initiative, version)
);

-- Keys of other systems; the key itself is shown once and not kept.
CREATE TABLE impact_token (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL, -- of the system
  hash TEXT NOT NULL, -- SHA-256 of the key, hex
  body TEXT NOT NULL, -- whose system it is
  ministry TEXT NOT NULL,
  expires TEXT NOT NULL, -- first day on which it no longer opens
  made_at BIGINT NOT NULL,
  made_post TEXT NOT NULL,
  revoked_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  used BIGINT NOT NULL
);
CREATE UNIQUE INDEX impact_token_hash ON impact_token (hash);

CREATE TABLE impact_scope (
  token TEXT NOT NULL,
  kind TEXT NOT NULL, -- initiative, indicator
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (token, kind, id)
);

CREATE TABLE impact_limit (
  bucket TEXT PRIMARY KEY,
  n BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
