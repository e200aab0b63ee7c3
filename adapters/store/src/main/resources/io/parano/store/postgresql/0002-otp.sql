-- Tokens that type Yubico's one-time passwords. `seed` is their key and private id, sealed.
CREATE TABLE otp_token (
  id BYTEA PRIMARY KEY,
  person BYTEA NOT NULL,
  label TEXT NOT NULL,
  public_id TEXT NOT NULL UNIQUE,
  seed BYTEA NOT NULL,
  state TEXT NOT NULL,
  enrolled_at BIGINT NOT NULL
);

-- How far each of them has come: `place` is 256 times the usage counter plus the session counter, and
-- never becomes less; `clock` is the token's own time at `at`.
CREATE TABLE otp_use (
  token BYTEA PRIMARY KEY,
  place BIGINT NOT NULL,
  clock BIGINT NOT NULL,
  at BIGINT NOT NULL,
  nonce TEXT NOT NULL
);

-- Machines that may ask about one-time passwords. `secret` is the key they share with us, sealed.
CREATE TABLE validation_client (
  number BIGINT PRIMARY KEY,
  label TEXT NOT NULL,
  secret BYTEA NOT NULL,
  addresses TEXT NOT NULL,
  admitted_at BIGINT NOT NULL
);

-- What lies sealed beside a proposal.
CREATE TABLE enclosure (
  act BYTEA PRIMARY KEY,
  sealed BYTEA NOT NULL
);
