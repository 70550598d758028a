-- +goose Up
CREATE TABLE web_session (
  token TEXT PRIMARY KEY,
  data BYTEA NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX web_session_expires ON web_session (expires);
