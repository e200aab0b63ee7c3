-- Devices whose own key is the source level of a tunnel from outside. One that was cut stays, so that its
-- key is never taken again.
CREATE TABLE vpn_device (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  public_key BLOB NOT NULL,
  address TEXT NOT NULL,
  state TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL,
  tag BLOB
) STRICT;
