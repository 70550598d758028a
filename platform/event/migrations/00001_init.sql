-- +goose Up
CREATE TABLE event_event (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  data TEXT NOT NULL,
  text TEXT NOT NULL,
  salt TEXT NOT NULL,
  pending BOOLEAN NOT NULL,
  unrecorded BOOLEAN NOT NULL
);
CREATE INDEX event_event_pending ON event_event (id) WHERE pending;
CREATE INDEX event_event_unrecorded ON event_event (id) WHERE unrecorded;
CREATE INDEX event_event_public ON event_event (id) WHERE public;
CREATE INDEX event_event_person ON event_event (person, id);

-- Whose history an event belongs to: its own subject and the related ones.
CREATE TABLE event_about (
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  event_id TEXT NOT NULL REFERENCES event_event (id),
  public BOOLEAN NOT NULL,
  PRIMARY KEY (subject_kind, subject_id, event_id)
);
CREATE INDEX event_about_event ON event_about (event_id);

-- A listener that failed hears of the event again.
CREATE TABLE event_retry (
  event_id TEXT NOT NULL REFERENCES event_event (id),
  listener TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (event_id, listener)
);
CREATE INDEX event_retry_next ON event_retry (next_at);
