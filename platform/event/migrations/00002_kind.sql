-- +goose Up
-- The first page shows the latest acts of some kinds.
CREATE INDEX event_event_kind ON event_event (kind, id) WHERE public;
