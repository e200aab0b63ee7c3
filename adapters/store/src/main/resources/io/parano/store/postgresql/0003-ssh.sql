-- SSH certificates that were recorded to be signed. One whose session is no longer there is revoked, and
-- rows go some time after the last connection that they opened must have ended.
CREATE TABLE ssh_certificate (
  serial BIGINT PRIMARY KEY,
  session BYTEA NOT NULL,
  purpose TEXT NOT NULL,
  hosts TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  usable_until BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
