-- +goose Up
-- Few steps stand returned at a time: whoever has to correct them finds them here
-- without reading all of a body's initiatives.
CREATE INDEX roundtable_step_returned ON roundtable_step (initiative) WHERE state = 'returned';
-- A search counts what its hits are filed under, from this index alone.
DROP INDEX roundtable_tag_initiative;
CREATE INDEX roundtable_tag_initiative ON roundtable_tag (initiative, area, kind, code);
