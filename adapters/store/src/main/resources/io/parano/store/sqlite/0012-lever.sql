-- Zones that are cut as a whole, each with all networks that any policy has given it since.
CREATE TABLE cut_zone (
  zone TEXT PRIMARY KEY,
  networks TEXT NOT NULL,
  at INTEGER NOT NULL,
  tag BLOB
) STRICT;

-- Cuts that not every door has acknowledged, with what may still be open outside.
CREATE TABLE untold (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  ended TEXT NOT NULL,
  tag BLOB
) STRICT;
