-- Zones that are cut as a whole, each with all networks that any policy has given it since.
CREATE TABLE cut_zone (
  zone TEXT PRIMARY KEY,
  networks TEXT NOT NULL,
  at BIGINT NOT NULL,
  tag BYTEA
);

-- Cuts that not every door has acknowledged, with what may still be open outside.
CREATE TABLE untold (
  number BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  ended TEXT NOT NULL,
  tag BYTEA
);
