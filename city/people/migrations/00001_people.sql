-- +goose Up
-- Days are 'YYYY-MM-DD' of the city; since is the first day of a term, until
-- the first day after it, '' an open end.

CREATE TABLE people_person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  fold TEXT NOT NULL,
  official BOOLEAN NOT NULL,
  invented BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX people_person_order ON people_person (official, fold, id);

-- Every word of a name, folded, so that a search by its beginning stays cheap.
CREATE TABLE people_word (
  word TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES people_person (id),
  official BOOLEAN NOT NULL,
  PRIMARY KEY (word, person)
);
CREATE INDEX people_word_person ON people_word (person);

-- charter says that the charter has it; ended, that it was ended in the
-- program, which no later version of the charter undoes by silence.
CREATE TABLE people_body (
  code TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  place BIGINT NOT NULL,
  charter BOOLEAN NOT NULL,
  ended BOOLEAN NOT NULL
);

-- What a body is called and where it stands, by days.
CREATE TABLE people_body_term (
  body TEXT NOT NULL REFERENCES people_body (code),
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  short TEXT NOT NULL,
  about TEXT NOT NULL,
  parent TEXT NOT NULL,
  territory TEXT NOT NULL,
  PRIMARY KEY (body, since)
);

-- What is above a body, by days: derived from people_body_term after every
-- change, so that a request need not climb the tree.
CREATE TABLE people_line (
  body TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  ministry TEXT NOT NULL,
  direction TEXT NOT NULL,
  PRIMARY KEY (body, since)
);

CREATE TABLE people_heir (
  body TEXT NOT NULL REFERENCES people_body (code),
  heir TEXT NOT NULL REFERENCES people_body (code),
  PRIMARY KEY (body, heir)
);
CREATE INDEX people_heir_back ON people_heir (heir, body);

-- Where a body went when a reorganisation ended what was above it.
CREATE TABLE people_move (
  body TEXT NOT NULL REFERENCES people_body (code),
  since TEXT NOT NULL,
  parent TEXT NOT NULL REFERENCES people_body (code),
  PRIMARY KEY (body, since)
);

CREATE TABLE people_post (
  code TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  place BIGINT NOT NULL,
  charter BOOLEAN NOT NULL,
  ended BOOLEAN NOT NULL,
  turn BIGINT NOT NULL
);

CREATE TABLE people_post_term (
  post TEXT NOT NULL REFERENCES people_post (code),
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  body TEXT NOT NULL REFERENCES people_body (code),
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  rank TEXT NOT NULL,
  signs BOOLEAN NOT NULL,
  seats BIGINT NOT NULL,
  years BIGINT NOT NULL,
  renewals BIGINT NOT NULL,
  PRIMARY KEY (post, since)
);
CREATE INDEX people_post_term_body ON people_post_term (body, post);

CREATE TABLE people_holding (
  id TEXT PRIMARY KEY,
  post TEXT NOT NULL REFERENCES people_post (code),
  person TEXT NOT NULL REFERENCES people_person (id),
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  act TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX people_holding_post ON people_holding (post, since);
CREATE INDEX people_holding_person ON people_holding (person, since);

-- stopped_at is the instant from which a revoked delegation no longer lets the
-- delegate act, 0 while it does; until is the day from which it is history.
CREATE TABLE people_delegation (
  id TEXT PRIMARY KEY,
  holding TEXT NOT NULL REFERENCES people_holding (id),
  post TEXT NOT NULL REFERENCES people_post (code),
  giver TEXT NOT NULL REFERENCES people_person (id),
  delegate TEXT NOT NULL REFERENCES people_person (id),
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  planned TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  stopped_at BIGINT NOT NULL
);
CREATE INDEX people_delegation_delegate ON people_delegation (delegate, since);
CREATE INDEX people_delegation_giver ON people_delegation (giver, since);
CREATE INDEX people_delegation_post ON people_delegation (post, since);
CREATE INDEX people_delegation_holding ON people_delegation (holding);

CREATE TABLE people_role (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people_person (id),
  role TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL
);
CREATE INDEX people_role_person ON people_role (person, since);
CREATE INDEX people_role_role ON people_role (role, since);

-- Changes that take two administrators.
CREATE TABLE people_change (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  state TEXT NOT NULL,
  proposed_by TEXT NOT NULL REFERENCES people_person (id),
  proposed_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX people_change_state ON people_change (state, id);

CREATE TABLE people_organisation (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  fold TEXT NOT NULL,
  kind TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_organisation_name ON people_organisation (fold);

CREATE TABLE people_specialist (
  person TEXT PRIMARY KEY REFERENCES people_person (id),
  organisation TEXT NOT NULL,
  body TEXT NOT NULL,
  consent BOOLEAN NOT NULL,
  consent_at BIGINT NOT NULL
);
CREATE INDEX people_specialist_organisation ON people_specialist (organisation);
CREATE TABLE people_specialist_tag (
  tag TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES people_specialist (person),
  PRIMARY KEY (tag, person)
);
CREATE INDEX people_specialist_tag_person ON people_specialist_tag (person);

-- Rows that a write locks first, so that rules over many rows hold on both
-- engines.
CREATE TABLE people_turn (
  name TEXT PRIMARY KEY,
  taken BIGINT NOT NULL
);
INSERT INTO people_turn (name, taken) VALUES ('structure', 0), ('changes', 0);

-- The versions of the charter that the tables above hold.
CREATE TABLE people_synced (
  digest TEXT NOT NULL
);
