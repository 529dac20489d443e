-- The list of subjects leaves the table for a guard, which can grow: SQLite cannot change a CHECK,
-- so the table is made again (the procedure of sqlite.org/lang_altertable.html, section 7).
CREATE TABLE entry_again (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 27),
    author TEXT NOT NULL REFERENCES account (name),
    subject TEXT NOT NULL,
    load_seq INTEGER REFERENCES entry_again (seq) CHECK (load_seq < seq),
    request_id TEXT,
    salt TEXT NOT NULL CHECK (length(salt) = 32),
    texts_digest TEXT NOT NULL CHECK (length(texts_digest) IN (0, 64)),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
);
INSERT INTO entry_again SELECT seq, recorded_at, author, subject, load_seq, request_id, salt, texts_digest, hash FROM entry;
DROP TABLE entry;
ALTER TABLE entry_again RENAME TO entry;
CREATE UNIQUE INDEX entry_request ON entry (request_id) WHERE request_id IS NOT NULL;
