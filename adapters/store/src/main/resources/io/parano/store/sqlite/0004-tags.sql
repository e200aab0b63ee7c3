-- A tag beside every row from which a grant can follow, and in the head what binds all of them. A
-- database of before has none: it is adopted once, at its first start.
ALTER TABLE head ADD COLUMN sets BLOB;
ALTER TABLE head ADD COLUMN tag BLOB;
ALTER TABLE person ADD COLUMN tag BLOB;
ALTER TABLE authenticator ADD COLUMN tag BLOB;
ALTER TABLE password ADD COLUMN tag BLOB;
ALTER TABLE session ADD COLUMN tag BLOB;
ALTER TABLE proposal ADD COLUMN tag BLOB;
ALTER TABLE approval ADD COLUMN tag BLOB;
ALTER TABLE enrolment ADD COLUMN tag BLOB;
ALTER TABLE policy ADD COLUMN tag BLOB;
ALTER TABLE cut_network ADD COLUMN tag BLOB;
ALTER TABLE everybody ADD COLUMN tag BLOB;
ALTER TABLE otp_token ADD COLUMN tag BLOB;
ALTER TABLE otp_use ADD COLUMN tag BLOB;
ALTER TABLE validation_client ADD COLUMN tag BLOB;
ALTER TABLE enclosure ADD COLUMN tag BLOB;
ALTER TABLE withdrawn ADD COLUMN tag BLOB;
ALTER TABLE ssh_certificate ADD COLUMN tag BLOB;
