-- +goose Up
-- What somebody wrote for themselves alone.
CREATE TABLE meetings_own_note (
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  person TEXT NOT NULL,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (meeting, person)
);
