-- +goose Up
-- What the indices were of a quarter when it was over, by the rule of then: what
-- is published once is not computed away.
CREATE TABLE indicators_quarter (
  year BIGINT NOT NULL,
  no BIGINT NOT NULL,
  rule TEXT NOT NULL,
  participation TEXT NOT NULL, -- exact, empty for no value
  participation_counted BIGINT NOT NULL,
  levels TEXT NOT NULL,
  levels_counted BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (year, no, rule)
);
