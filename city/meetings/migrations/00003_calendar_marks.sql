-- +goose Up
-- A person's calendar is read from these two alone, but for the meetings that
-- changed since somebody read them.
DROP INDEX meetings_guest_key;
CREATE INDEX meetings_guest_key ON meetings_guest (key, owner, role, reply);
CREATE INDEX meetings_meeting_mark ON meetings_meeting (id, series, called_at, starts, sequence, version, changed_at);
