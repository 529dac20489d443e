-- Who one is, beside the log and never exported.

-- A person of a provider whom an admin has refused: not asked about again.
ALTER TABLE identity ADD COLUMN refused_at TEXT;
ALTER TABLE identity ADD COLUMN refused_by TEXT REFERENCES account (name);
CREATE INDEX identity_name ON identity (name);

-- The name that one signs in with. An account of before, without one, signs in with its pseudonym.
CREATE TABLE sign_in_name (
    name TEXT PRIMARY KEY REFERENCES account (name),
    search_key TEXT NOT NULL UNIQUE,
    written TEXT NOT NULL,
    chosen_at TEXT NOT NULL
);
-- A browser in which the account has signed in: attempts made elsewhere do not hold it up.
CREATE TABLE known_device (
    token_hash TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name),
    given_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX known_device_name ON known_device (name);

-- What an authenticator app shares with us. `last_step`: the period of the last code that was used.
CREATE TABLE second_factor (
    name TEXT PRIMARY KEY REFERENCES account (name),
    secret TEXT NOT NULL,
    confirmed_at TEXT,
    last_step INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE recovery_code (
    code_hash TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name)
);
CREATE INDEX recovery_code_name ON recovery_code (name);
-- A password was right, the second factor is still awaited.
CREATE TABLE sign_in_step (
    token_hash TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name),
    expires_at TEXT NOT NULL
);
