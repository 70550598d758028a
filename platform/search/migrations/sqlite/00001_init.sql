-- +goose Up
CREATE TABLE search_doc (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  UNIQUE (name, id)
);
CREATE VIRTUAL TABLE search_text USING fts5(title, body, area, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4', content = '', contentless_delete = 1);
