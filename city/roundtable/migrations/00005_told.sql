-- +goose Up
-- What other modules told, by what shows it: told again it is not taken twice.
CREATE TABLE roundtable_told (
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  item TEXT NOT NULL,
  source TEXT NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (initiative, item, source)
);
