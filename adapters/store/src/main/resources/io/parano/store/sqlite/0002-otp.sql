-- Tokens that type Yubico's one-time passwords. `seed` is their key and private id, sealed.
CREATE TABLE otp_token (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  label TEXT NOT NULL,
  public_id TEXT NOT NULL UNIQUE,
  seed BLOB NOT NULL,
  state TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL
) STRICT;

-- How far each of them has come: `place` is 256 times the usage counter plus the session counter, and
-- never becomes less; `clock` is the token's own time at `at`.
CREATE TABLE otp_use (
  token BLOB PRIMARY KEY,
  place INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  at INTEGER NOT NULL,
  nonce TEXT NOT NULL
) STRICT;

-- Machines that may ask about one-time passwords. `secret` is the key they share with us, sealed.
CREATE TABLE validation_client (
  number INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  secret BLOB NOT NULL,
  addresses TEXT NOT NULL,
  admitted_at INTEGER NOT NULL
) STRICT;

-- What lies sealed beside a proposal.
CREATE TABLE enclosure (
  act BLOB PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
