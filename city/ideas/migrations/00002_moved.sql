-- +goose Up
-- Ideas whose place in the order of supports is to be brought in line. A voice
-- moves one counter and leaves its idea here; the lists follow within a minute.
CREATE TABLE ideas_moved (
  idea TEXT PRIMARY KEY REFERENCES ideas_idea (id)
);
