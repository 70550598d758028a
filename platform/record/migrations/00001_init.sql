-- +goose Up
-- The acts in the order in which they entered the record; idx counts from 0.
CREATE TABLE record_leaf (
  idx BIGINT PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  leaf TEXT NOT NULL
);

-- The nodes of the tree over the leaves, by stored hash index.
CREATE TABLE record_hash (
  idx BIGINT PRIMARY KEY,
  hash BYTEA NOT NULL
);

-- What was signed, by number of acts.
CREATE TABLE record_checkpoint (
  size BIGINT PRIMARY KEY,
  note TEXT NOT NULL,
  at BIGINT NOT NULL
);

-- One row: how many acts there are, whose key signs, which copy of the program
-- writes and until when it may.
CREATE TABLE record_head (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  size BIGINT NOT NULL,
  verifier TEXT NOT NULL,
  holder TEXT NOT NULL,
  until BIGINT NOT NULL
);
INSERT INTO record_head (one, size, verifier, holder, until) VALUES (1, 0, '', '', 0);
