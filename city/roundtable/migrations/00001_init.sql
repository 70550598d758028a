-- +goose Up
CREATE TABLE roundtable_counter (
  name TEXT PRIMARY KEY,
  n BIGINT NOT NULL
);

CREATE TABLE roundtable_initiative (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  charter TEXT NOT NULL,
  state TEXT NOT NULL,
  title TEXT NOT NULL,
  line TEXT NOT NULL,
  change TEXT NOT NULL,
  problem TEXT NOT NULL,
  type TEXT NOT NULL,
  axis TEXT NOT NULL,
  sdg TEXT NOT NULL,
  author TEXT NOT NULL,
  author_body TEXT NOT NULL,
  sponsor TEXT NOT NULL,
  ministry TEXT NOT NULL,
  why_new TEXT NOT NULL,
  joined TEXT NOT NULL,
  ring TEXT NOT NULL,
  signed BIGINT NOT NULL,
  current BIGINT NOT NULL,
  returns BIGINT NOT NULL,
  override BOOLEAN NOT NULL,
  invented BOOLEAN NOT NULL,
  questions BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  filed_at BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  deferred_until TEXT NOT NULL,
  moved_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX roundtable_initiative_moved ON roundtable_initiative (moved_at);
CREATE INDEX roundtable_initiative_author ON roundtable_initiative (author, id);
CREATE INDEX roundtable_initiative_sponsor ON roundtable_initiative (sponsor, state, id);

-- Every way a list can be filtered: one row for each initiative, kind of filter
-- and value. area keeps what is public apart from what is in preparation.
CREATE TABLE roundtable_tag (
  area TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  PRIMARY KEY (area, kind, code, initiative)
);
CREATE INDEX roundtable_tag_initiative ON roundtable_tag (initiative);

-- How many initiatives each filter finds, kept with the tags.
CREATE TABLE roundtable_count (
  area TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (area, kind, code)
);

-- Lists of the dossier: further axes, goals, purposes, targets, territories.
CREATE TABLE roundtable_choice (
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (initiative, kind, code)
);
CREATE TABLE roundtable_planned (
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  grp TEXT NOT NULL,
  territory TEXT NOT NULL,
  people BIGINT NOT NULL,
  PRIMARY KEY (initiative, grp, territory)
);
CREATE TABLE roundtable_link (
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  position BIGINT NOT NULL,
  label TEXT NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (initiative, position)
);
CREATE TABLE roundtable_owner (
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  ministry TEXT NOT NULL,
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (initiative, ministry)
);
CREATE INDEX roundtable_owner_ministry ON roundtable_owner (ministry, state);

CREATE TABLE roundtable_step (
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  code TEXT NOT NULL,
  number BIGINT NOT NULL,
  office TEXT NOT NULL,
  state TEXT NOT NULL,
  flagged BOOLEAN NOT NULL,
  entered_at BIGINT NOT NULL,
  due TEXT NOT NULL,
  spent BIGINT NOT NULL,
  returns BIGINT NOT NULL,
  signed_at BIGINT NOT NULL,
  signer TEXT NOT NULL,
  signer_post TEXT NOT NULL,
  present_at BIGINT NOT NULL,
  PRIMARY KEY (initiative, code)
);
CREATE INDEX roundtable_step_queue ON roundtable_step (office, due, initiative) WHERE due <> '';

-- Every signature ever given; one that was taken back says when.
CREATE TABLE roundtable_signature (
  id TEXT PRIMARY KEY,
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  step TEXT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  delegated BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  at BIGINT NOT NULL,
  reopened_at BIGINT NOT NULL
);
CREATE INDEX roundtable_signature_initiative ON roundtable_signature (initiative, step, id);

CREATE TABLE roundtable_evidence (
  id TEXT PRIMARY KEY,
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  step TEXT NOT NULL,
  item TEXT NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  text TEXT NOT NULL,
  url TEXT NOT NULL,
  attachment TEXT NOT NULL,
  figure BIGINT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  at BIGINT NOT NULL,
  removed_at BIGINT NOT NULL
);
CREATE INDEX roundtable_evidence_initiative ON roundtable_evidence (initiative, step, id);

CREATE TABLE roundtable_attachment (
  id TEXT PRIMARY KEY,
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  name TEXT NOT NULL,
  media TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  person TEXT NOT NULL,
  at BIGINT NOT NULL,
  removed_at BIGINT NOT NULL
);
CREATE INDEX roundtable_attachment_initiative ON roundtable_attachment (initiative, id);
CREATE TABLE roundtable_attachment_data (
  id TEXT PRIMARY KEY REFERENCES roundtable_attachment (id),
  data BYTEA NOT NULL
);

CREATE TABLE roundtable_barrier (
  id TEXT PRIMARY KEY,
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  owner TEXT NOT NULL,
  opened TEXT NOT NULL,
  resolved TEXT NOT NULL,
  how TEXT NOT NULL
);
CREATE INDEX roundtable_barrier_initiative ON roundtable_barrier (initiative, id);
CREATE INDEX roundtable_barrier_owner ON roundtable_barrier (owner, resolved);

CREATE TABLE roundtable_specialist (
  id TEXT PRIMARY KEY,
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  area TEXT NOT NULL,
  procedure TEXT NOT NULL,
  stance TEXT NOT NULL,
  text TEXT NOT NULL,
  day TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX roundtable_specialist_initiative ON roundtable_specialist (initiative, id);

CREATE TABLE roundtable_question (
  id TEXT PRIMARY KEY,
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  person TEXT NOT NULL,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  answerer TEXT NOT NULL,
  due TEXT NOT NULL,
  answer TEXT NOT NULL,
  answered_at BIGINT NOT NULL,
  answered_by TEXT NOT NULL,
  answered_post TEXT NOT NULL,
  hidden TEXT NOT NULL
);
CREATE INDEX roundtable_question_initiative ON roundtable_question (initiative, id);
CREATE INDEX roundtable_question_owed ON roundtable_question (answerer, due) WHERE answered_at = 0 AND hidden = '';
CREATE INDEX roundtable_question_person ON roundtable_question (person, at);

CREATE TABLE roundtable_comment (
  id TEXT PRIMARY KEY,
  initiative TEXT NOT NULL REFERENCES roundtable_initiative (id),
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  outside BOOLEAN NOT NULL,
  public BOOLEAN NOT NULL,
  text TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX roundtable_comment_initiative ON roundtable_comment (initiative, id);

-- What a person was writing when the page went away.
CREATE TABLE roundtable_draft (
  person TEXT NOT NULL,
  form TEXT NOT NULL,
  data TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person, form)
);
