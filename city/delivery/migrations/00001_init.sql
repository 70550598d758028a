-- +goose Up

-- Who executes an initiative. A row is there from the first act here, or from the
-- adoption.
CREATE TABLE delivery_execution (
    initiative TEXT PRIMARY KEY,
    number     TEXT NOT NULL,             -- of the initiative
    sponsor    TEXT NOT NULL,             -- body that proposed it
    adopted    BOOLEAN NOT NULL,
    executor   TEXT NOT NULL,             -- ministry, '' before one accepted
    asked      TEXT NOT NULL,             -- ministry that is asked, '' when none is
    since      BIGINT NOT NULL,           -- of the executor, 0 before
    reports    BIGINT NOT NULL,           -- how many there are
    reported   TEXT NOT NULL,             -- day of the last one, '' before
    next       TEXT NOT NULL              -- day on which the next is due, '' when none is
);
CREATE INDEX delivery_execution_by_executor ON delivery_execution (executor, next);
CREATE INDEX delivery_execution_by_asked ON delivery_execution (asked);
CREATE INDEX delivery_execution_by_sponsor ON delivery_execution (sponsor) WHERE adopted = TRUE AND executor = '' AND asked = '';

-- Requests to execute an initiative and what was answered. At most one waits.
CREATE TABLE delivery_handover (
    id            TEXT PRIMARY KEY,
    initiative    TEXT NOT NULL,
    from_body     TEXT NOT NULL,
    to_body       TEXT NOT NULL,
    note          TEXT NOT NULL,          -- what is handed over, and what whoever takes it should know
    state         TEXT NOT NULL,          -- asked, accepted, refused, taken_back
    person        TEXT NOT NULL,
    post          TEXT NOT NULL,
    at            BIGINT NOT NULL,
    answer        TEXT NOT NULL,
    answer_person TEXT NOT NULL,
    answer_post   TEXT NOT NULL,
    answered_at   BIGINT NOT NULL
);
CREATE INDEX delivery_handover_by_initiative ON delivery_handover (initiative, id);
CREATE UNIQUE INDEX delivery_handover_waiting ON delivery_handover (initiative) WHERE state = 'asked';

-- Further ministries that take part.
CREATE TABLE delivery_part (
    initiative TEXT NOT NULL,
    ministry   TEXT NOT NULL,
    state      TEXT NOT NULL,             -- asked, in, out
    what       TEXT NOT NULL,             -- what it is asked to bring
    at         BIGINT NOT NULL,
    PRIMARY KEY (initiative, ministry)
);
CREATE INDEX delivery_part_by_ministry ON delivery_part (ministry, state);

-- Reports of progress, never changed.
CREATE TABLE delivery_report (
    id         TEXT PRIMARY KEY,
    initiative TEXT NOT NULL,
    number     BIGINT NOT NULL,           -- counts those of the initiative from 1
    text       TEXT NOT NULL,
    planned    BIGINT NOT NULL,           -- hundredths of a percent of the work that was due, -1 unknown
    done       BIGINT NOT NULL,           -- and that was done, -1 unknown
    late_days  BIGINT NOT NULL,
    currency   TEXT NOT NULL,             -- '' when no money is known
    budget     BIGINT NOT NULL,           -- centavos
    accrued    BIGINT NOT NULL,           -- centavos
    light      TEXT NOT NULL,             -- as it showed
    final      BOOLEAN NOT NULL,          -- the work is done
    person     TEXT NOT NULL,
    post       TEXT NOT NULL,
    body       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    UNIQUE (initiative, number)
);

-- Photographs of a report, re-made without what the camera wrote into them.
CREATE TABLE delivery_photo (
    id       TEXT PRIMARY KEY,
    report   TEXT NOT NULL,
    position BIGINT NOT NULL,
    caption  TEXT NOT NULL,
    width    BIGINT NOT NULL,
    height   BIGINT NOT NULL,
    size     BIGINT NOT NULL,
    sha256   TEXT NOT NULL
);
CREATE INDEX delivery_photo_by_report ON delivery_photo (report, position);
CREATE TABLE delivery_photo_data (
    id   TEXT PRIMARY KEY,
    data BYTEA NOT NULL
);

-- Lights set by hand. At most one of an initiative stands.
CREATE TABLE delivery_light (
    id         TEXT PRIMARY KEY,
    initiative TEXT NOT NULL,
    colour     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    person     TEXT NOT NULL,
    post       TEXT NOT NULL,
    body       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    lifted_at  BIGINT NOT NULL            -- 0 while it stands
);
CREATE UNIQUE INDEX delivery_light_standing ON delivery_light (initiative) WHERE lifted_at = 0;

-- Equipment and people that an initiative needs.
CREATE TABLE delivery_equipment (
    id         TEXT PRIMARY KEY,
    initiative TEXT NOT NULL,
    kind       TEXT NOT NULL,             -- equipment, staff
    what       TEXT NOT NULL,
    quantity   BIGINT NOT NULL,
    state      TEXT NOT NULL,             -- have, get
    source     TEXT NOT NULL,             -- from whom
    day        TEXT NOT NULL,             -- until when it is to be had, '' when it is there
    version    BIGINT NOT NULL
);
CREATE INDEX delivery_equipment_by_initiative ON delivery_equipment (initiative, id);

-- The legal and administrative way.
CREATE TABLE delivery_check (
    id         TEXT PRIMARY KEY,
    initiative TEXT NOT NULL,
    kind       TEXT NOT NULL,             -- rule, competence, route, opinion, permit
    code       TEXT NOT NULL,             -- of the competence or the route
    text       TEXT NOT NULL,
    url        TEXT NOT NULL,
    state      TEXT NOT NULL,             -- ok, pending, obstacle
    day        TEXT NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX delivery_check_by_initiative ON delivery_check (initiative, kind, id);
