-- +goose Up
-- One row for each challenge that is voted on. A tap updates this row first, so
-- that taps and the close follow one another: none is lost between them.
CREATE TABLE ballot_poll (
  challenge TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  voters BIGINT NOT NULL,
  taps BIGINT NOT NULL,
  counted_at BIGINT NOT NULL, -- 0 while it is open
  published_at BIGINT NOT NULL, -- 0 until the result is published
  digest TEXT NOT NULL, -- SHA-256 of the file
  file TEXT NOT NULL, -- the anonymised ballots, as anybody may download them
  sheet TEXT NOT NULL, -- JSON: the options as they stood at the close
  result TEXT NOT NULL, -- JSON: what the method makes of them
  chosen TEXT NOT NULL, -- JSON: the numbers that were published
  override BOOLEAN NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX ballot_poll_open ON ballot_poll (counted_at, published_at);

-- One person, one ballot: what a person says of one idea (or, in a duel, of a
-- pair) while the vote runs. Rows go when the ballots are separated from people.
CREATE TABLE ballot_voice (
  challenge TEXT NOT NULL,
  person TEXT NOT NULL,
  idea TEXT NOT NULL,
  other TEXT NOT NULL, -- the second of a duel, else empty
  value BIGINT NOT NULL,
  PRIMARY KEY (challenge, person, idea, other)
);

-- How often two ideas met in duels, and who was preferred: what the next pair is
-- chosen by. Undecided duels count as met.
CREATE TABLE ballot_pair (
  challenge TEXT NOT NULL,
  idea TEXT NOT NULL,
  other TEXT NOT NULL,
  first BIGINT NOT NULL,
  second BIGINT NOT NULL,
  met BIGINT NOT NULL,
  PRIMARY KEY (challenge, idea, other)
);

-- Who took part. It stays after the close; what they chose does not.
CREATE TABLE ballot_voter (
  challenge TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (challenge, person)
);
CREATE INDEX ballot_voter_person ON ballot_voter (person, challenge);

-- +goose Down
DROP TABLE ballot_voter;
DROP TABLE ballot_pair;
DROP TABLE ballot_voice;
DROP TABLE ballot_poll;
