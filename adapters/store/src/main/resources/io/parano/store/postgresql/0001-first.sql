-- Times are microseconds since 1970 in UTC, ids are the 16 bytes of a UUID, digests 32 bytes.
-- No foreign keys: every change is a whole row that may be applied twice and in the reserve's order,
-- and what contradicts itself is judged by the core when it is loaded.

-- The log's end. A writer appends only while `writer` is still the number it took at start.
CREATE TABLE head (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  writer BIGINT NOT NULL,
  size BIGINT NOT NULL,
  root BYTEA NOT NULL,
  peaks BYTEA NOT NULL
);

-- One row per entry. `leaf` is what is hashed; `hash` is its leaf hash, so that an edited entry can be
-- named; the columns between repeat what searches ask for.
CREATE TABLE entry (
  idx BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  type TEXT NOT NULL,
  outcome TEXT NOT NULL,
  actor BYTEA,
  resource TEXT NOT NULL,
  reason TEXT,
  hash BYTEA NOT NULL,
  leaf BYTEA NOT NULL
);

-- What can be erased: names and addresses, with the salt without which the commitment in the leaf
-- says nothing. No index on `about`: it would cost every append for the sake of a rare erasure.
CREATE TABLE personal (
  idx BIGINT PRIMARY KEY,
  about BYTEA,
  salt BYTEA NOT NULL,
  content BYTEA NOT NULL
);

-- Full tiles alone (C2SP tlog-tiles): 256 hashes of `level`; partial ones follow from the entries.
-- `root` is the hash of the whole tile, which is one hash of the level above.
CREATE TABLE tile (
  level BIGINT NOT NULL,
  n BIGINT NOT NULL,
  root BYTEA NOT NULL,
  hashes BYTEA NOT NULL,
  PRIMARY KEY (level, n)
);

-- Signed notes: the last one of each era of 65,536 entries, so that an altered place can be bounded
-- and the table stays small. All of them stand outside.
CREATE TABLE checkpoint (
  era BIGINT PRIMARY KEY,
  size BIGINT NOT NULL,
  note TEXT NOT NULL
);

-- Acts that take away and that may also stand in the reserve: never recorded twice.
CREATE TABLE withdrawn (
  id BYTEA PRIMARY KEY
);

CREATE TABLE person (
  id BYTEA PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  email TEXT NOT NULL,
  member_of TEXT NOT NULL,
  state TEXT NOT NULL,
  officer BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  language TEXT NOT NULL,
  handle BYTEA NOT NULL
);

CREATE TABLE authenticator (
  id BYTEA PRIMARY KEY,
  person BYTEA NOT NULL,
  label TEXT NOT NULL,
  credential_id BYTEA NOT NULL UNIQUE,
  public_key BYTEA NOT NULL,
  aaguid BYTEA NOT NULL,
  sign_count BIGINT NOT NULL,
  state TEXT NOT NULL,
  enrolled_at BIGINT NOT NULL,
  until BIGINT,
  attestation_object BYTEA NOT NULL,
  attestation_client_data BYTEA NOT NULL
);

CREATE TABLE password (
  person BYTEA PRIMARY KEY,
  hash BYTEA NOT NULL,
  previous TEXT NOT NULL,
  set_at BIGINT NOT NULL
);

CREATE TABLE session (
  id BYTEA PRIMARY KEY,
  token BYTEA NOT NULL,
  kind TEXT NOT NULL,
  host TEXT NOT NULL,
  person BYTEA NOT NULL,
  authenticator BYTEA NOT NULL,
  source TEXT NOT NULL,
  generation BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  touched_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  parent BYTEA,
  seen_at BIGINT
);

CREATE TABLE proposal (
  id BYTEA PRIMARY KEY,
  act TEXT NOT NULL,
  nonce BYTEA NOT NULL,
  proposer BYTEA NOT NULL,
  proposed_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  state TEXT NOT NULL
);

CREATE TABLE approval (
  act BYTEA NOT NULL,
  officer BYTEA NOT NULL,
  token BYTEA NOT NULL,
  authenticator_data BYTEA NOT NULL,
  client_data BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (act, officer)
);

CREATE TABLE enrolment (
  act BYTEA PRIMARY KEY,
  person BYTEA NOT NULL,
  code BYTEA NOT NULL,
  sets_password BIGINT NOT NULL,
  cuts_other_tokens BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  token_until BIGINT
);

-- Every version that was ever in force; the greatest is the one.
CREATE TABLE policy (
  version BIGINT PRIMARY KEY,
  digest BYTEA NOT NULL,
  document TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE cut_network (
  network TEXT PRIMARY KEY,
  at BIGINT NOT NULL
);

-- How often everybody was cut, and whether they still are.
CREATE TABLE everybody (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  epoch BIGINT NOT NULL,
  closed BIGINT NOT NULL
);
