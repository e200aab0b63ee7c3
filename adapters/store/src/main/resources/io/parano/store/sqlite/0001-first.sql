-- Times are microseconds since 1970 in UTC, ids are the 16 bytes of a UUID, digests 32 bytes.
-- No foreign keys: every change is a whole row that may be applied twice and in the reserve's order,
-- and what contradicts itself is judged by the core when it is loaded.

-- The log's end. A writer appends only while `writer` is still the number it took at start.
CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  writer INTEGER NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  peaks BLOB NOT NULL
) STRICT;

-- One row per entry. `leaf` is what is hashed; `hash` is its leaf hash, so that an edited entry can be
-- named; the columns between repeat what searches ask for.
CREATE TABLE entry (
  idx INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  outcome TEXT NOT NULL,
  actor BLOB,
  resource TEXT NOT NULL,
  reason TEXT,
  hash BLOB NOT NULL,
  leaf BLOB NOT NULL
) STRICT;

-- What can be erased: names and addresses, with the salt without which the commitment in the leaf
-- says nothing. No index on `about`: it would cost every append for the sake of a rare erasure.
CREATE TABLE personal (
  idx INTEGER PRIMARY KEY,
  about BLOB,
  salt BLOB NOT NULL,
  content BLOB NOT NULL
) STRICT;

-- Full tiles alone (C2SP tlog-tiles): 256 hashes of `level`; partial ones follow from the entries.
-- `root` is the hash of the whole tile, which is one hash of the level above.
CREATE TABLE tile (
  level INTEGER NOT NULL,
  n INTEGER NOT NULL,
  root BLOB NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, n)
) STRICT;

-- Signed notes: the last one of each era of 65,536 entries, so that an altered place can be bounded
-- and the table stays small. All of them stand outside.
CREATE TABLE checkpoint (
  era INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;

-- Acts that take away and that may also stand in the reserve: never recorded twice.
CREATE TABLE withdrawn (
  id BLOB PRIMARY KEY
) STRICT;

CREATE TABLE person (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  email TEXT NOT NULL,
  member_of TEXT NOT NULL,
  state TEXT NOT NULL,
  officer INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  language TEXT NOT NULL,
  handle BLOB NOT NULL
) STRICT;

CREATE TABLE authenticator (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  label TEXT NOT NULL,
  credential_id BLOB NOT NULL UNIQUE,
  public_key BLOB NOT NULL,
  aaguid BLOB NOT NULL,
  sign_count INTEGER NOT NULL,
  state TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL,
  until INTEGER,
  attestation_object BLOB NOT NULL,
  attestation_client_data BLOB NOT NULL
) STRICT;

CREATE TABLE password (
  person BLOB PRIMARY KEY,
  hash BLOB NOT NULL,
  previous TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  id BLOB PRIMARY KEY,
  token BLOB NOT NULL,
  kind TEXT NOT NULL,
  host TEXT NOT NULL,
  person BLOB NOT NULL,
  authenticator BLOB NOT NULL,
  source TEXT NOT NULL,
  generation INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  parent BLOB,
  seen_at INTEGER
) STRICT;

CREATE TABLE proposal (
  id BLOB PRIMARY KEY,
  act TEXT NOT NULL,
  nonce BLOB NOT NULL,
  proposer BLOB NOT NULL,
  proposed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;

CREATE TABLE approval (
  act BLOB NOT NULL,
  officer BLOB NOT NULL,
  token BLOB NOT NULL,
  authenticator_data BLOB NOT NULL,
  client_data BLOB NOT NULL,
  signature BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (act, officer)
) STRICT;

CREATE TABLE enrolment (
  act BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  code BLOB NOT NULL,
  sets_password INTEGER NOT NULL,
  cuts_other_tokens INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  token_until INTEGER
) STRICT;

-- Every version that was ever in force; the greatest is the one.
CREATE TABLE policy (
  version INTEGER PRIMARY KEY,
  digest BLOB NOT NULL,
  document TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE cut_network (
  network TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;

-- How often everybody was cut, and whether they still are.
CREATE TABLE everybody (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch INTEGER NOT NULL,
  closed INTEGER NOT NULL
) STRICT;
