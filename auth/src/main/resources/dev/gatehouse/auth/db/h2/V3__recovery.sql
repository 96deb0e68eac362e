-- When an account was first signed in to; the mail about a new device is for later sign-ins. Whoever had an account before
-- this column came counts as having signed in.

ALTER TABLE gatehouse_auth_account ADD COLUMN signed_in_at BIGINT;
UPDATE gatehouse_auth_account SET signed_in_at = created_at;
