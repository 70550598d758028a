-- +goose Up
CREATE TABLE budget_law (
    year      BIGINT PRIMARY KEY,
    number    TEXT NOT NULL,
    body      TEXT NOT NULL,
    day       TEXT NOT NULL,
    currency  TEXT NOT NULL,
    declared  BIGINT NOT NULL,
    lines     BIGINT NOT NULL,
    original  BIGINT NOT NULL,
    credit    BIGINT NOT NULL,
    drawn     BIGINT NOT NULL,
    own       BIGINT NOT NULL,
    committed BIGINT NOT NULL,
    accrued   BIGINT NOT NULL,
    paid      BIGINT NOT NULL,
    short     BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    invented  BOOLEAN NOT NULL
);

CREATE TABLE budget_line (
    id          TEXT PRIMARY KEY,
    year        BIGINT NOT NULL,
    code        TEXT NOT NULL,
    institution TEXT NOT NULL,
    ministry    TEXT NOT NULL,
    programme   TEXT NOT NULL,
    name        TEXT NOT NULL,
    words       TEXT NOT NULL,
    func        TEXT NOT NULL,
    source      TEXT NOT NULL,
    original    BIGINT NOT NULL,
    credit      BIGINT NOT NULL,
    drawn       BIGINT NOT NULL,
    own         BIGINT NOT NULL,
    committed   BIGINT NOT NULL,
    accrued     BIGINT NOT NULL,
    paid        BIGINT NOT NULL,
    short       BIGINT NOT NULL,
    uses        BIGINT NOT NULL
);
CREATE UNIQUE INDEX budget_line_code ON budget_line (year, code);
CREATE INDEX budget_line_func ON budget_line (year, func, code);
CREATE INDEX budget_line_source ON budget_line (year, source, code);
CREATE INDEX budget_line_ministry ON budget_line (year, ministry, code);
CREATE INDEX budget_line_short ON budget_line (year, code) WHERE short > 0;
CREATE INDEX budget_line_used ON budget_line (year, code) WHERE uses > 0;

CREATE TABLE budget_amendment (
    id     TEXT PRIMARY KEY,
    line   TEXT NOT NULL,
    amount BIGINT NOT NULL,
    day    TEXT NOT NULL,
    act    TEXT NOT NULL,
    why    TEXT NOT NULL,
    post   TEXT NOT NULL,
    body   TEXT NOT NULL,
    at     BIGINT NOT NULL
);
CREATE INDEX budget_amendment_line ON budget_amendment (line, id);

-- A draw keeps its place (its id) when its amount changes: credit that shrinks
-- reaches the draws in the order in which they were made.
CREATE TABLE budget_draw (
    id         TEXT PRIMARY KEY,
    line       TEXT NOT NULL,
    year       BIGINT NOT NULL,
    initiative TEXT NOT NULL,
    amount     BIGINT NOT NULL,
    committed  BIGINT NOT NULL,
    accrued    BIGINT NOT NULL,
    paid       BIGINT NOT NULL,
    short      BIGINT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX budget_draw_once ON budget_draw (initiative, line);
CREATE INDEX budget_draw_line ON budget_draw (line, id);

-- initiative is empty for what the line spends on other things.
CREATE TABLE budget_stage (
    line       TEXT NOT NULL,
    initiative TEXT NOT NULL,
    period     TEXT NOT NULL,
    committed  BIGINT NOT NULL,
    accrued    BIGINT NOT NULL,
    paid       BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (line, initiative, period)
);
CREATE INDEX budget_stage_initiative ON budget_stage (initiative, period);

CREATE TABLE budget_share (
    year      BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    code      TEXT NOT NULL,
    lines     BIGINT NOT NULL,
    original  BIGINT NOT NULL,
    credit    BIGINT NOT NULL,
    drawn     BIGINT NOT NULL,
    own       BIGINT NOT NULL,
    committed BIGINT NOT NULL,
    accrued   BIGINT NOT NULL,
    paid      BIGINT NOT NULL,
    short     BIGINT NOT NULL,
    PRIMARY KEY (year, kind, code)
);

CREATE TABLE budget_column (
    initiative TEXT PRIMARY KEY,
    currency   TEXT NOT NULL,
    axis       TEXT NOT NULL,
    needless   TEXT NOT NULL,
    drawn      BIGINT NOT NULL,
    committed  BIGINT NOT NULL,
    accrued    BIGINT NOT NULL,
    paid       BIGINT NOT NULL,
    short      BIGINT NOT NULL
);

-- A file that somebody is trying to import, until it is kept or a day has passed.
CREATE TABLE budget_upload (
    id     TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    year   BIGINT NOT NULL,
    name   TEXT NOT NULL,
    data   BYTEA NOT NULL,
    at     BIGINT NOT NULL
);
CREATE INDEX budget_upload_at ON budget_upload (at);
