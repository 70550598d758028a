-- +goose Up

-- What a body has to hand over is read in the order it is shown in.
DROP INDEX delivery_execution_by_sponsor;
CREATE INDEX delivery_execution_by_sponsor ON delivery_execution (sponsor, next, number) WHERE adopted = TRUE AND executor = '' AND asked = '';
