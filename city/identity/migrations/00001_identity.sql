-- +goose Up
CREATE TABLE identity_account (
  person TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,   -- in its normal form
  lang TEXT NOT NULL,
  handle TEXT NOT NULL UNIQUE,  -- what passkeys know the account by; says nothing about the person
  disabled BOOLEAN NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE identity_session (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES identity_account (person),
  browser TEXT NOT NULL,
  system TEXT NOT NULL,
  created BIGINT NOT NULL,
  seen BIGINT NOT NULL
);
CREATE INDEX identity_session_person ON identity_session (person, seen);
CREATE INDEX identity_session_created ON identity_session (created);

CREATE TABLE identity_passkey (
  id TEXT PRIMARY KEY,          -- of the credential, base64url
  person TEXT NOT NULL REFERENCES identity_account (person),
  browser TEXT NOT NULL,
  system TEXT NOT NULL,
  credential TEXT NOT NULL,
  created BIGINT NOT NULL,
  used BIGINT NOT NULL
);
CREATE INDEX identity_passkey_person ON identity_passkey (person, created);

-- A code sent by mail. Rows go after a day.
CREATE TABLE identity_code (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  name TEXT NOT NULL,           -- of whoever registers; empty otherwise
  person TEXT NOT NULL,         -- whose address it is to become; empty when signing in
  hash BYTEA NOT NULL,
  tries BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  proved BIGINT NOT NULL        -- when the right code was typed; 0: not yet
);
CREATE INDEX identity_code_expires ON identity_code (expires);
CREATE INDEX identity_code_email ON identity_code (email);

-- How often something was done in a window of time. The bucket is a keyed hash:
-- it holds neither an address nor a network.
CREATE TABLE identity_limit (
  bucket TEXT PRIMARY KEY,
  n BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX identity_limit_expires ON identity_limit (expires);

-- Links that make the first administrator.
CREATE TABLE identity_link (
  hash TEXT PRIMARY KEY,
  expires BIGINT NOT NULL,
  used BOOLEAN NOT NULL
);
