-- +goose Up
CREATE TABLE ideas_counter (
  name TEXT PRIMARY KEY,
  n BIGINT NOT NULL
);

-- A challenge. rules holds all of them as JSON, with the ids of the jury; the
-- columns beside it are those that queries ask for.
CREATE TABLE ideas_challenge (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  phase TEXT NOT NULL,
  body TEXT NOT NULL,
  moderation TEXT NOT NULL,
  closes_at BIGINT NOT NULL,
  rules TEXT NOT NULL,
  rules_hash TEXT NOT NULL,
  rules_version BIGINT NOT NULL,
  ideas BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  conclusion TEXT NOT NULL,
  invented BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  evaluated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX ideas_challenge_phase ON ideas_challenge (phase, id);
CREATE INDEX ideas_challenge_body ON ideas_challenge (body, id);
CREATE INDEX ideas_challenge_closes ON ideas_challenge (closes_at) WHERE phase = 'open';

-- The rules as they were published: hash is of the bytes of json.
CREATE TABLE ideas_rules (
  challenge TEXT NOT NULL REFERENCES ideas_challenge (id),
  version BIGINT NOT NULL,
  json TEXT NOT NULL,
  hash TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (challenge, version)
);

CREATE TABLE ideas_idea (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  challenge TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  line TEXT NOT NULL,
  place TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  author TEXT NOT NULL,
  signature TEXT NOT NULL,
  supports BIGINT NOT NULL,
  elsewhere BIGINT NOT NULL,
  comments BIGINT NOT NULL,
  voices BIGINT NOT NULL,
  family TEXT NOT NULL,
  cost BIGINT NOT NULL,
  body TEXT NOT NULL,
  answer_due TEXT NOT NULL,
  answered_at BIGINT NOT NULL,
  initiative TEXT NOT NULL,
  axis TEXT NOT NULL,
  tags TEXT NOT NULL,
  images BIGINT NOT NULL,
  imported TEXT NOT NULL,
  source TEXT NOT NULL,
  invented BOOLEAN NOT NULL,
  held_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  moved_at BIGINT NOT NULL,
  why TEXT NOT NULL,
  draft TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX ideas_idea_draft ON ideas_idea (draft) WHERE draft <> '';
CREATE UNIQUE INDEX ideas_idea_imported ON ideas_idea (imported) WHERE imported <> '';
CREATE INDEX ideas_idea_author ON ideas_idea (author, id) WHERE author <> '';
CREATE INDEX ideas_idea_moved ON ideas_idea (moved_at);
CREATE INDEX ideas_idea_family ON ideas_idea (family, id) WHERE family <> '';
CREATE INDEX ideas_idea_owed ON ideas_idea (body, answer_due, id) WHERE state = 'published' AND answered_at = 0 AND body <> '';
CREATE INDEX ideas_idea_held ON ideas_idea (held_until) WHERE state = 'held';

-- Every way a list can be filtered: one row for each published idea, kind of
-- filter and value, with what lists are ordered by.
CREATE TABLE ideas_tag (
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  idea TEXT NOT NULL REFERENCES ideas_idea (id),
  at BIGINT NOT NULL,
  supports BIGINT NOT NULL,
  chance BIGINT NOT NULL,
  PRIMARY KEY (idea, kind, code)
);
CREATE INDEX ideas_tag_new ON ideas_tag (kind, code, at, idea);
CREATE INDEX ideas_tag_supports ON ideas_tag (kind, code, supports, idea);
CREATE INDEX ideas_tag_chance ON ideas_tag (kind, code, chance, idea);

-- How many ideas each filter finds, kept with the tags.
CREATE TABLE ideas_count (
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (kind, code)
);

-- Earlier words of an idea; the present ones stand in the idea.
CREATE TABLE ideas_words (
  idea TEXT NOT NULL REFERENCES ideas_idea (id),
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  place TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  signature TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (idea, version)
);

CREATE TABLE ideas_draft (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  challenge TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  place TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  signature TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX ideas_draft_owner ON ideas_draft (owner, id);
CREATE INDEX ideas_draft_at ON ideas_draft (at);

-- A picture belongs to a draft until the draft is sent, then to the idea.
CREATE TABLE ideas_image (
  id TEXT PRIMARY KEY,
  draft TEXT NOT NULL,
  idea TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX ideas_image_draft ON ideas_image (draft, id) WHERE draft <> '';
CREATE INDEX ideas_image_idea ON ideas_image (idea, id) WHERE idea <> '';
CREATE TABLE ideas_image_data (
  id TEXT PRIMARY KEY REFERENCES ideas_image (id),
  data BYTEA NOT NULL
);

-- One person, one voice.
CREATE TABLE ideas_support (
  idea TEXT NOT NULL REFERENCES ideas_idea (id),
  person TEXT NOT NULL,
  at BIGINT NOT NULL,
  fresh BOOLEAN NOT NULL,
  PRIMARY KEY (idea, person)
);
CREATE INDEX ideas_support_person ON ideas_support (person, at, idea);

-- Supports of new accounts by idea and hour, so that a sudden cluster is seen.
CREATE TABLE ideas_surge (
  idea TEXT NOT NULL,
  hour BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (idea, hour)
);
CREATE INDEX ideas_surge_hour ON ideas_surge (hour);

-- How often an account or a network did something in an hour.
CREATE TABLE ideas_limit (
  name TEXT NOT NULL,
  hour BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (name, hour)
);
CREATE INDEX ideas_limit_hour ON ideas_limit (hour);

-- Comments in the order of their threads: root is the id of the first one.
CREATE TABLE ideas_comment (
  id TEXT PRIMARY KEY,
  idea TEXT NOT NULL REFERENCES ideas_idea (id),
  root TEXT NOT NULL,
  person TEXT NOT NULL,
  voice BIGINT NOT NULL,
  author BOOLEAN NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  text TEXT NOT NULL,
  hidden TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX ideas_comment_thread ON ideas_comment (idea, root, id);
CREATE INDEX ideas_comment_person ON ideas_comment (person, idea) WHERE person <> '';

CREATE TABLE ideas_report (
  id TEXT PRIMARY KEY,
  matter TEXT NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ideas_report_once ON ideas_report (matter, person);
CREATE INDEX ideas_report_person ON ideas_report (person);

-- What waits for a moderator.
CREATE TABLE ideas_matter (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  idea TEXT NOT NULL REFERENCES ideas_idea (id),
  comment TEXT NOT NULL,
  text TEXT NOT NULL,
  n BIGINT NOT NULL,
  due BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ideas_matter_open ON ideas_matter (idea, kind, comment) WHERE closed_at = 0;
CREATE INDEX ideas_matter_due ON ideas_matter (due, id) WHERE closed_at = 0;

CREATE TABLE ideas_family (
  id TEXT PRIMARY KEY,
  supporters BIGINT NOT NULL,
  since BIGINT NOT NULL
);
-- How many ideas of a family each person supports; the rows are its distinct
-- supporters.
CREATE TABLE ideas_voice (
  family TEXT NOT NULL REFERENCES ideas_family (id),
  person TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (family, person)
);
CREATE INDEX ideas_voice_person ON ideas_voice (person);
CREATE TABLE ideas_ask (
  id TEXT PRIMARY KEY,
  idea TEXT NOT NULL,
  other TEXT NOT NULL,
  why TEXT NOT NULL,
  person TEXT NOT NULL,
  idea_yes BOOLEAN NOT NULL,
  other_yes BOOLEAN NOT NULL,
  at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL
);
CREATE INDEX ideas_ask_idea ON ideas_ask (idea) WHERE closed_at = 0;
CREATE INDEX ideas_ask_other ON ideas_ask (other) WHERE closed_at = 0;

CREATE TABLE ideas_reply (
  id TEXT PRIMARY KEY,
  idea TEXT NOT NULL REFERENCES ideas_idea (id),
  text TEXT NOT NULL,
  outcome TEXT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX ideas_reply_idea ON ideas_reply (idea, id);

-- The answer clock: how many first answers a body gave after so many days, in
-- time or late.
CREATE TABLE ideas_clock (
  body TEXT NOT NULL,
  days BIGINT NOT NULL,
  late BOOLEAN NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (body, days, late)
);
