-- Who asked to be forgotten, beside the log: the account stays closed under the pseudonym that the log
-- keeps, and is never opened again.
CREATE TABLE erasure (
    name TEXT PRIMARY KEY REFERENCES account (name),
    erased_at TEXT NOT NULL,
    erased_by TEXT NOT NULL REFERENCES account (name)
);
