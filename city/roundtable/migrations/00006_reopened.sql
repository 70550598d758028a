-- +goose Up
-- Few signatures are ever taken back: whoever asks what changed under them reads
-- these alone.
CREATE INDEX roundtable_signature_reopened ON roundtable_signature (initiative) WHERE reopened_at > 0;
