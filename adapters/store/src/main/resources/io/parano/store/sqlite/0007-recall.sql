-- The models of tokens that count no more, by the newest metadata of FIDO's that was imported: one row,
-- whose number only grows.
CREATE TABLE recall (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,
  next_update TEXT NOT NULL,
  models TEXT NOT NULL,
  at INTEGER NOT NULL,
  tag BLOB
) STRICT;
