-- Whose an address inside the VPN is: a tunnel's, for as long as its session stands. A row whose session is
-- gone says nothing, and goes when that session must have ended.
CREATE TABLE lease (
  session BLOB PRIMARY KEY,
  address TEXT NOT NULL,
  device BLOB,
  started_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  tag BLOB
) STRICT;
