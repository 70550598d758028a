-- +goose Up
CREATE TABLE inbound_mail (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,     -- digest of Message-ID, sender, date and text
  via TEXT NOT NULL,            -- smtp, imap
  state TEXT NOT NULL,          -- waiting, handled, ignored, quarantined
  reason TEXT NOT NULL,         -- of quarantine, or why it was ignored: a code
  sender TEXT NOT NULL,         -- emptied with raw
  subject TEXT NOT NULL,        -- emptied with raw
  raw BYTEA,                    -- while it waits or is quarantined
  at BIGINT NOT NULL
);
CREATE INDEX inbound_mail_state ON inbound_mail (state, id);
CREATE INDEX inbound_mail_at ON inbound_mail (at);

-- How each way in is doing, and up to where a mailbox was read.
CREATE TABLE inbound_way (
  via TEXT PRIMARY KEY,
  epoch BIGINT NOT NULL,        -- UIDVALIDITY
  last_uid BIGINT NOT NULL,
  failures BIGINT NOT NULL,     -- since the last success
  error TEXT NOT NULL,          -- without addresses and passwords
  checked BIGINT NOT NULL,      -- last attempt
  worked BIGINT NOT NULL,       -- last success
  next_try BIGINT NOT NULL
);
