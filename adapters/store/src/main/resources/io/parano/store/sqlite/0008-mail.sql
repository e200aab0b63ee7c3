-- The passwords of devices that open a mailbox, by digest. What counts no more is dropped some time later.
CREATE TABLE device_password (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  label TEXT NOT NULL,
  digest BLOB NOT NULL,
  generation INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  tag BLOB
) STRICT;
