-- +goose Up

-- One row for each level of the territory that has boundaries.
CREATE TABLE places_layer (
    level       TEXT PRIMARY KEY,
    source      TEXT NOT NULL,      -- whom to credit, shown under maps
    sha256      TEXT NOT NULL,      -- of the imported file
    imported_at BIGINT NOT NULL
);

-- The outline of one part of the territory, as imported.
CREATE TABLE places_boundary (
    level     TEXT NOT NULL,
    territory TEXT NOT NULL,
    outline   TEXT NOT NULL,        -- JSON: the coordinates of a GeoJSON MultiPolygon
    PRIMARY KEY (level, territory)
);
