-- The models of tokens that count no more, by the newest metadata of FIDO's that was imported: one row,
-- whose number only grows.
CREATE TABLE recall (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  number BIGINT NOT NULL,
  next_update TEXT NOT NULL,
  models TEXT NOT NULL,
  at BIGINT NOT NULL,
  tag BYTEA
);
