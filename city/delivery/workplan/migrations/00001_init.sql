-- +goose Up
CREATE TABLE workplan_plan (
  initiative TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  start_on TEXT NOT NULL,
  version BIGINT NOT NULL,
  start_version BIGINT NOT NULL,
  next_code BIGINT NOT NULL,
  baseline BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  tasks BIGINT NOT NULL,
  seen_on TEXT NOT NULL,
  starts TEXT NOT NULL,
  finishes TEXT NOT NULL,
  based_finish TEXT NOT NULL,
  planned DOUBLE PRECISION NOT NULL,
  done DOUBLE PRECISION NOT NULL,
  late_days BIGINT NOT NULL,
  late TEXT NOT NULL
);
CREATE INDEX workplan_plan_seen ON workplan_plan (seen_on, initiative);

CREATE TABLE workplan_task (
  initiative TEXT NOT NULL,
  code TEXT NOT NULL,
  parent TEXT NOT NULL,
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  duration BIGINT NOT NULL,
  constrained TEXT NOT NULL,
  on_day TEXT NOT NULL,
  deadline TEXT NOT NULL,
  done BIGINT NOT NULL,
  began TEXT NOT NULL,
  ended TEXT NOT NULL,
  base_start TEXT NOT NULL,
  base_finish TEXT NOT NULL,
  body TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  notes TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (initiative, code)
);
CREATE INDEX workplan_task_order ON workplan_task (initiative, position);
CREATE INDEX workplan_task_person ON workplan_task (person, initiative) WHERE person <> '';
CREATE INDEX workplan_task_body ON workplan_task (body, initiative) WHERE body <> '';

CREATE TABLE workplan_link (
  initiative TEXT NOT NULL,
  from_task TEXT NOT NULL,
  to_task TEXT NOT NULL,
  kind TEXT NOT NULL,
  lag BIGINT NOT NULL,
  PRIMARY KEY (initiative, to_task, from_task, kind)
);

CREATE TABLE workplan_objective (
  initiative TEXT NOT NULL,
  id TEXT NOT NULL,
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  unit TEXT NOT NULL,
  known BOOLEAN NOT NULL,
  from_figure BIGINT NOT NULL,
  target BIGINT NOT NULL,
  due TEXT NOT NULL,
  reached BIGINT NOT NULL,
  reached_on TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (initiative, id)
);

CREATE TABLE workplan_baseline (
  initiative TEXT NOT NULL,
  number BIGINT NOT NULL,
  start_on TEXT NOT NULL,
  finish_on TEXT NOT NULL,
  tasks BIGINT NOT NULL,
  why TEXT NOT NULL,
  change TEXT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (initiative, number)
);

CREATE TABLE workplan_baseline_task (
  initiative TEXT NOT NULL,
  number BIGINT NOT NULL,
  code TEXT NOT NULL,
  parent TEXT NOT NULL,
  name TEXT NOT NULL,
  duration BIGINT NOT NULL,
  start_on TEXT NOT NULL,
  finish_on TEXT NOT NULL,
  PRIMARY KEY (initiative, number, code)
);

CREATE TABLE workplan_counter (
  name TEXT PRIMARY KEY,
  n BIGINT NOT NULL
);

CREATE TABLE workplan_change (
  number TEXT PRIMARY KEY,
  initiative TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  edits TEXT NOT NULL,
  version BIGINT NOT NULL,
  finish_before TEXT NOT NULL,
  finish_after TEXT NOT NULL,
  moved BIGINT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  answer TEXT NOT NULL,
  decided_person TEXT NOT NULL,
  decided_post TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  baseline BIGINT NOT NULL
);
CREATE INDEX workplan_change_initiative ON workplan_change (initiative, at);
CREATE INDEX workplan_change_state ON workplan_change (state, at);
