-- Ended sessions stay for a while: what is asked of an account's open ones, and of those that are over by themselves,
-- must not walk through them.

CREATE INDEX gatehouse_auth_session_open ON gatehouse_auth_session (account_id, ended_at);
CREATE INDEX gatehouse_auth_session_idle ON gatehouse_auth_session (ended_at, last_seen_at);
