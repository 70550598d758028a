-- +goose Up
CREATE TABLE search_doc (
  n BIGSERIAL PRIMARY KEY,
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  UNIQUE (name, id)
);
CREATE TABLE search_text (
  n BIGINT PRIMARY KEY,
  area TEXT NOT NULL,
  title TSVECTOR NOT NULL,
  whole TSVECTOR NOT NULL
);
CREATE INDEX search_text_title ON search_text USING GIN (title);
CREATE INDEX search_text_whole ON search_text USING GIN (whole);
