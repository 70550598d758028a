-- +goose Up
-- What has been read by a person, and the ideas that evaluators share out.
CREATE TABLE jury_idea (
  idea TEXT PRIMARY KEY,
  challenge TEXT NOT NULL,
  number TEXT NOT NULL,
  author TEXT NOT NULL,
  live BOOLEAN NOT NULL,
  chance BIGINT NOT NULL,
  drawn_to TEXT NOT NULL,
  drawn_at BIGINT NOT NULL,
  reader TEXT NOT NULL,
  read_at BIGINT NOT NULL
);
CREATE INDEX jury_idea_number ON jury_idea (number);
CREATE INDEX jury_idea_unread ON jury_idea (challenge, chance) WHERE live = TRUE AND reader = '';
CREATE INDEX jury_idea_drawn ON jury_idea (drawn_to, drawn_at) WHERE live = TRUE AND reader = '';

CREATE TABLE jury_share (
  challenge TEXT PRIMARY KEY,
  ideas BIGINT NOT NULL,
  read BIGINT NOT NULL
);

CREATE TABLE jury_review (
  idea TEXT NOT NULL,
  person TEXT NOT NULL,
  challenge TEXT NOT NULL,
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  grades TEXT NOT NULL,
  note TEXT NOT NULL,
  spot BIGINT NOT NULL,
  assigned_at BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (idea, person)
);
CREATE INDEX jury_review_mine ON jury_review (challenge, person, state, spot);

CREATE TABLE jury_load (
  challenge TEXT NOT NULL,
  person TEXT NOT NULL,
  owed BIGINT NOT NULL,
  done BIGINT NOT NULL,
  PRIMARY KEY (challenge, person)
);
CREATE INDEX jury_load_person ON jury_load (person);

CREATE TABLE jury_panel (
  challenge TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  places BIGINT NOT NULL,
  sealed_at BIGINT NOT NULL,
  file TEXT NOT NULL,
  digest TEXT NOT NULL,
  ranking TEXT NOT NULL,
  published_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE jury_panel;
DROP TABLE jury_load;
DROP TABLE jury_review;
DROP TABLE jury_share;
DROP TABLE jury_idea;
