-- +goose Up
CREATE TABLE demo_role (
  code TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  person TEXT NOT NULL,
  label TEXT NOT NULL
);
