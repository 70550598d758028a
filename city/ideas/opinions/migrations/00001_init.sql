-- +goose Up

-- A challenge that has statements: the number of the next one, and what its
-- last map left for the one after a restart.
CREATE TABLE opinions_assembly (
  challenge TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  statements BIGINT NOT NULL,
  state TEXT NOT NULL
);

CREATE TABLE opinions_statement (
  id TEXT PRIMARY KEY,
  challenge TEXT NOT NULL REFERENCES opinions_assembly (challenge),
  no BIGINT NOT NULL,
  text TEXT NOT NULL,
  normal TEXT NOT NULL,
  author TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  cause TEXT NOT NULL,
  why TEXT NOT NULL,
  voted BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX opinions_statement_no ON opinions_statement (challenge, no);
CREATE UNIQUE INDEX opinions_statement_normal ON opinions_statement (challenge, normal);
CREATE INDEX opinions_statement_changed ON opinions_statement (challenge, changed_at);
CREATE INDEX opinions_statement_held ON opinions_statement (at, id) WHERE state = 'held';
CREATE INDEX opinions_statement_author ON opinions_statement (author, at);

-- One answer of a person to a statement. answer is 1, 0, -1, or 2 for one that
-- was taken back: the row stays, so that every copy of the program hears of it.
CREATE TABLE opinions_vote (
  challenge TEXT NOT NULL,
  person TEXT NOT NULL,
  no BIGINT NOT NULL,
  answer BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (challenge, person, no)
);
CREATE INDEX opinions_vote_at ON opinions_vote (challenge, at);

-- How often somebody did something in a window of time.
CREATE TABLE opinions_limit (
  bucket TEXT PRIMARY KEY,
  n BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX opinions_limit_expires ON opinions_limit (expires);
