-- +goose Up
-- Who follows what.
CREATE TABLE notices_follow (
  person TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person, subject_kind, subject_id)
);
CREATE INDEX notices_follow_subject ON notices_follow (subject_kind, subject_id, person);
CREATE TABLE notices_count (
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (subject_kind, subject_id)
);

-- What a person has not been told yet.
CREATE TABLE notices_notice (
  person TEXT NOT NULL,
  event_id TEXT NOT NULL,
  seen BOOLEAN NOT NULL,
  mailed BOOLEAN NOT NULL,
  PRIMARY KEY (person, event_id)
);
CREATE INDEX notices_notice_unmailed ON notices_notice (person) WHERE mailed = FALSE;

-- Who does not want the daily mail, and the day of the last one.
CREATE TABLE notices_person (
  person TEXT PRIMARY KEY,
  mail BOOLEAN NOT NULL,
  last_day TEXT NOT NULL
);
