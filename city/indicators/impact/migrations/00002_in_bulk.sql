-- +goose Up
-- What the index of participation counts, read from the index alone.
CREATE INDEX impact_measurement_filed ON impact_measurement (indicator, version, ministry, at);
-- What is overdue and what comes next, of the public indicators.
CREATE INDEX impact_indicator_calendar ON impact_indicator (public, next_due, id);
