-- +goose Up

-- Every version of the city's rules that was ever in force or will be. Rows are
-- never changed: what was filed under a version keeps it.
CREATE TABLE charter_version (
    id         TEXT PRIMARY KEY,
    number     BIGINT NOT NULL UNIQUE,
    valid_from TEXT NOT NULL,           -- first day in force, '' since ever
    loaded_at  BIGINT NOT NULL,
    sha256     TEXT NOT NULL,           -- of the files
    label      TEXT NOT NULL,
    files      TEXT NOT NULL            -- JSON object: file name -> text
);

-- The last number given. Its one row is also the lock that lets one
-- installation at a time look at what is in force and add to it.
CREATE TABLE charter_counter (last BIGINT NOT NULL);
INSERT INTO charter_counter (last) VALUES (0);
