-- A tag beside every row from which a grant can follow, and in the head what binds all of them. A
-- database of before has none: it is adopted once, at its first start.
ALTER TABLE head ADD COLUMN sets BYTEA;
ALTER TABLE head ADD COLUMN tag BYTEA;
ALTER TABLE person ADD COLUMN tag BYTEA;
ALTER TABLE authenticator ADD COLUMN tag BYTEA;
ALTER TABLE password ADD COLUMN tag BYTEA;
ALTER TABLE session ADD COLUMN tag BYTEA;
ALTER TABLE proposal ADD COLUMN tag BYTEA;
ALTER TABLE approval ADD COLUMN tag BYTEA;
ALTER TABLE enrolment ADD COLUMN tag BYTEA;
ALTER TABLE policy ADD COLUMN tag BYTEA;
ALTER TABLE cut_network ADD COLUMN tag BYTEA;
ALTER TABLE everybody ADD COLUMN tag BYTEA;
ALTER TABLE otp_token ADD COLUMN tag BYTEA;
ALTER TABLE otp_use ADD COLUMN tag BYTEA;
ALTER TABLE validation_client ADD COLUMN tag BYTEA;
ALTER TABLE enclosure ADD COLUMN tag BYTEA;
ALTER TABLE withdrawn ADD COLUMN tag BYTEA;
ALTER TABLE ssh_certificate ADD COLUMN tag BYTEA;
