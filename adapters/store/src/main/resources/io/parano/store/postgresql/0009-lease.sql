-- Whose an address inside the VPN is: a tunnel's, for as long as its session stands. A row whose session is
-- gone says nothing, and goes when that session must have ended.
CREATE TABLE lease (
  session BYTEA PRIMARY KEY,
  address TEXT NOT NULL,
  device BYTEA,
  started_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  tag BYTEA
);
