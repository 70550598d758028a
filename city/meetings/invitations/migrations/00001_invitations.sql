-- +goose Up
CREATE TABLE invitations_mail (
  id TEXT PRIMARY KEY,          -- also its Message-ID
  person TEXT NOT NULL,         -- empty for somebody from outside
  address TEXT NOT NULL,        -- empty when there is none
  name TEXT NOT NULL,           -- of who is told, or of the guest
  guest TEXT NOT NULL,          -- key of the guest on the list
  uid TEXT NOT NULL,
  occurrence BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  method TEXT NOT NULL,         -- REQUEST, CANCEL
  number TEXT NOT NULL,         -- of the meeting or series
  title TEXT NOT NULL,
  state TEXT NOT NULL,          -- waiting, sending, sent, doubt, refused, unreachable, late
  reason TEXT NOT NULL,
  message TEXT NOT NULL,        -- the mail, until it is sent
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,      -- while it is held or on its way: when that is given up
  holder TEXT NOT NULL,         -- the copy of the program that has it in hand
  expires BIGINT NOT NULL,      -- pointless after; 0: never
  made BIGINT NOT NULL,
  ended BIGINT NOT NULL
);
CREATE INDEX invitations_mail_due ON invitations_mail (next_at, id) WHERE state = 'waiting';
CREATE INDEX invitations_mail_order ON invitations_mail (address, id) WHERE state = 'waiting' OR state = 'sending';
CREATE INDEX invitations_mail_state ON invitations_mail (state, id);
CREATE INDEX invitations_mail_person ON invitations_mail (person) WHERE person <> '';
CREATE INDEX invitations_mail_told ON invitations_mail (address, uid, occurrence);

CREATE TABLE invitations_secret (
  person TEXT PRIMARY KEY,
  secret TEXT NOT NULL UNIQUE,
  made BIGINT NOT NULL
);

-- What a calendar program has seen, by token.
CREATE TABLE invitations_sync (
  person TEXT NOT NULL,
  token TEXT NOT NULL,
  members TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person, token)
);
CREATE INDEX invitations_sync_at ON invitations_sync (person, at);
