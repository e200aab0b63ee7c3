-- The passwords of devices that open a mailbox, by digest. What counts no more is dropped some time later.
CREATE TABLE device_password (
  id BYTEA PRIMARY KEY,
  person BYTEA NOT NULL,
  label TEXT NOT NULL,
  digest BYTEA NOT NULL,
  generation BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  tag BYTEA
);
