-- +goose Up
CREATE TABLE meetings_counter (
  name TEXT PRIMARY KEY,
  n BIGINT NOT NULL
);

CREATE TABLE meetings_series (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  place TEXT NOT NULL,
  link TEXT NOT NULL,
  chair TEXT NOT NULL,
  secretaries TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  clock TEXT NOT NULL,
  length BIGINT NOT NULL,
  capacity BIGINT NOT NULL,
  quorum BIGINT NOT NULL,
  private BOOLEAN NOT NULL,
  axis TEXT NOT NULL,
  rule_every BIGINT NOT NULL,
  rule_unit TEXT NOT NULL,
  rule_weekday BIGINT NOT NULL,
  rule_nth BIGINT NOT NULL,
  rule_count BIGINT NOT NULL,
  rule_until TEXT NOT NULL,
  continues TEXT NOT NULL,
  called_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  why TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_until BIGINT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  sequence BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  invented BOOLEAN NOT NULL
);
CREATE INDEX meetings_series_made ON meetings_series (made_until);
CREATE INDEX meetings_series_continues ON meetings_series (continues);

CREATE TABLE meetings_meeting (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  series TEXT NOT NULL,
  occurrence BIGINT NOT NULL,
  apart BOOLEAN NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  place TEXT NOT NULL,
  link TEXT NOT NULL,
  starts BIGINT NOT NULL,
  length BIGINT NOT NULL,
  chair TEXT NOT NULL,
  secretaries TEXT NOT NULL,
  capacity BIGINT NOT NULL,
  quorum BIGINT NOT NULL,
  private BOOLEAN NOT NULL,
  public BOOLEAN NOT NULL,
  initiative TEXT NOT NULL,
  convener TEXT NOT NULL,
  parent TEXT NOT NULL,
  guest TEXT NOT NULL,
  host TEXT NOT NULL,
  logistics TEXT NOT NULL,
  axis TEXT NOT NULL,
  materials TEXT NOT NULL,
  open BOOLEAN NOT NULL,
  polling BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  uid TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  called_at BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  approved_at BIGINT NOT NULL,
  signed_at BIGINT NOT NULL,
  released_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  invented BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX meetings_meeting_occurrence ON meetings_meeting (series, occurrence) WHERE series <> '';
CREATE INDEX meetings_meeting_starts ON meetings_meeting (starts, id);
CREATE INDEX meetings_meeting_kind ON meetings_meeting (kind, starts, id);
CREATE INDEX meetings_meeting_series ON meetings_meeting (series, starts, id);
CREATE INDEX meetings_meeting_state ON meetings_meeting (state, starts, id);
CREATE INDEX meetings_meeting_initiative ON meetings_meeting (initiative, starts, id);
CREATE INDEX meetings_meeting_parent ON meetings_meeting (parent);
CREATE INDEX meetings_meeting_uid ON meetings_meeting (uid, occurrence);
CREATE INDEX meetings_meeting_chair ON meetings_meeting (chair, state);
CREATE INDEX meetings_meeting_ended ON meetings_meeting (ended_at);

-- Who is invited, to a series or to one meeting; of one who stands on both lists
-- the meeting's row counts.
CREATE TABLE meetings_guest (
  owner TEXT NOT NULL,
  key TEXT NOT NULL,
  post TEXT NOT NULL,
  person TEXT NOT NULL,
  body TEXT NOT NULL,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  reply TEXT NOT NULL,
  replied_at BIGINT NOT NULL,
  reply_seq BIGINT NOT NULL,
  PRIMARY KEY (owner, key)
);
CREATE INDEX meetings_guest_key ON meetings_guest (key, owner);
CREATE INDEX meetings_guest_person ON meetings_guest (person);

-- A number for each guest that moves whenever their calendar does.
CREATE TABLE meetings_stamp (
  key TEXT PRIMARY KEY,
  n BIGINT NOT NULL
);

-- Who was there, from the beginning of the meeting.
CREATE TABLE meetings_attendee (
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  key TEXT NOT NULL,
  post TEXT NOT NULL,
  person TEXT NOT NULL,
  body TEXT NOT NULL,
  ministry TEXT NOT NULL,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  rank TEXT NOT NULL,
  reply TEXT NOT NULL,
  replied_at BIGINT NOT NULL,
  in_at BIGINT NOT NULL,
  out_at BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  stands_for TEXT NOT NULL,
  PRIMARY KEY (meeting, key)
);
CREATE INDEX meetings_attendee_person ON meetings_attendee (person);

CREATE TABLE meetings_item (
  id TEXT PRIMARY KEY,
  meeting TEXT NOT NULL,
  series TEXT NOT NULL,
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  wanted TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  presenter TEXT NOT NULL,
  section TEXT NOT NULL,
  documents TEXT NOT NULL,
  private BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  outcome_text TEXT NOT NULL,
  released BOOLEAN NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_body TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  from_item TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX meetings_item_meeting ON meetings_item (meeting, position, id);
CREATE INDEX meetings_item_backlog ON meetings_item (series, meeting, position, id);
CREATE INDEX meetings_item_subject ON meetings_item (subject_kind, subject_id);

-- What secretaries write. Old versions are kept a while to merge with.
CREATE TABLE meetings_note (
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  item TEXT NOT NULL,
  version BIGINT NOT NULL,
  text TEXT NOT NULL,
  post TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (meeting, item)
);
CREATE TABLE meetings_note_version (
  meeting TEXT NOT NULL,
  item TEXT NOT NULL,
  version BIGINT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (meeting, item, version)
);

CREATE TABLE meetings_turn (
  id TEXT PRIMARY KEY,
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  item TEXT NOT NULL,
  key TEXT NOT NULL,
  state TEXT NOT NULL,
  seconds BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL
);
CREATE INDEX meetings_turn_meeting ON meetings_turn (meeting, state, id);
CREATE UNIQUE INDEX meetings_turn_waiting ON meetings_turn (meeting, key) WHERE state = 'waiting';
CREATE UNIQUE INDEX meetings_turn_speaking ON meetings_turn (meeting) WHERE state = 'speaking';

CREATE TABLE meetings_change (
  meeting TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  hidden BOOLEAN NOT NULL,
  PRIMARY KEY (meeting, seq)
);

CREATE TABLE meetings_decision (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  item TEXT NOT NULL,
  text TEXT NOT NULL,
  owner TEXT NOT NULL,
  ministry TEXT NOT NULL,
  due TEXT NOT NULL,
  state TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  private BOOLEAN NOT NULL,
  initiative TEXT NOT NULL,
  done_text TEXT NOT NULL,
  at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL
);
CREATE INDEX meetings_decision_meeting ON meetings_decision (meeting, id);
CREATE INDEX meetings_decision_owner ON meetings_decision (owner, state, due);
CREATE INDEX meetings_decision_ministry ON meetings_decision (ministry, state, due);
CREATE INDEX meetings_decision_initiative ON meetings_decision (initiative, id);

CREATE TABLE meetings_commitment (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  item TEXT NOT NULL,
  what TEXT NOT NULL,
  who TEXT NOT NULL,
  who_kind TEXT NOT NULL,
  ministry TEXT NOT NULL,
  due TEXT NOT NULL,
  state TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  private BOOLEAN NOT NULL,
  initiative TEXT NOT NULL,
  agenda BIGINT NOT NULL,
  done_text TEXT NOT NULL,
  at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL
);
CREATE INDEX meetings_commitment_meeting ON meetings_commitment (meeting, id);
CREATE INDEX meetings_commitment_who ON meetings_commitment (who, state, due);
CREATE INDEX meetings_commitment_ministry ON meetings_commitment (ministry, state, due);
CREATE INDEX meetings_commitment_initiative ON meetings_commitment (initiative, id);

-- The versions of the common agenda of an initiative, with their lines as agreed.
CREATE TABLE meetings_agreed (
  initiative TEXT NOT NULL,
  version BIGINT NOT NULL,
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  at BIGINT NOT NULL,
  lines TEXT NOT NULL,
  PRIMARY KEY (initiative, version)
);

-- Every text of minutes that was ever approved; one that went back says why.
CREATE TABLE meetings_minutes (
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  version BIGINT NOT NULL,
  doc TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  approved_at BIGINT NOT NULL,
  approved_by TEXT NOT NULL,
  approved_post TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  signed_by TEXT NOT NULL,
  signed_post TEXT NOT NULL,
  returned_at BIGINT NOT NULL,
  returned_why TEXT NOT NULL,
  PRIMARY KEY (meeting, version)
);

CREATE TABLE meetings_slot (
  id TEXT PRIMARY KEY,
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  starts BIGINT NOT NULL
);
CREATE UNIQUE INDEX meetings_slot_meeting ON meetings_slot (meeting, starts);
CREATE TABLE meetings_vote (
  slot TEXT NOT NULL REFERENCES meetings_slot (id),
  key TEXT NOT NULL,
  vote TEXT NOT NULL,
  PRIMARY KEY (slot, key)
);

CREATE TABLE meetings_wish (
  id TEXT PRIMARY KEY,
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  organisation TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX meetings_wish_person ON meetings_wish (meeting, person) WHERE person <> '';

CREATE TABLE meetings_specialist (
  id TEXT PRIMARY KEY,
  meeting TEXT NOT NULL REFERENCES meetings_meeting (id),
  item TEXT NOT NULL,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  area TEXT NOT NULL,
  procedure TEXT NOT NULL,
  stance TEXT NOT NULL,
  text TEXT NOT NULL,
  day TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX meetings_specialist_meeting ON meetings_specialist (meeting, id);
