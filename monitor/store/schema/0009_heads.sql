-- Beside the log: the heads that were given out, and what the operator said of them.

-- The log ended with entry `seq` on that day: one row a day at least, and one for each export.
CREATE TABLE published_head (
    id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    day TEXT NOT NULL CHECK (length(day) = 10),
    UNIQUE (seq, hash, day)
);

-- The operator's word, with a reason, that heads given out before lie in this log no more: those of
-- `published_head` up to `after_id`. `seq` and `hash`: the first of them that is missing.
CREATE TABLE rewriting (
    id INTEGER PRIMARY KEY,
    after_id INTEGER NOT NULL,
    accepted_at TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000)
);

-- The texts that redactions up to entry `until_seq` emptied are off the disk of the database as well.
CREATE TABLE wiping (
    id INTEGER PRIMARY KEY,
    until_seq INTEGER NOT NULL,
    wiped_at TEXT NOT NULL
);
