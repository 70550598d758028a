-- +goose Up
-- Texts that a body answers with again and again.
CREATE TABLE desk_template (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  person TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX desk_template_body ON desk_template (body, name);

-- +goose Down
DROP TABLE desk_template;
