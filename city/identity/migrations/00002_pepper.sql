-- +goose Up
-- One row: what the pepper of this database gives, so that another is noticed.
CREATE TABLE identity_pepper (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  mark TEXT NOT NULL
);
