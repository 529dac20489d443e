-- Beside the log: the files of a pact that an admin proposes on a page, until another admin accepts them.
-- One of each account. `files`: a JSON list of names and contents (base64), `digest`: of it.
CREATE TABLE proposed_pact (
    author TEXT PRIMARY KEY REFERENCES account (name),
    proposed_at TEXT NOT NULL CHECK (length(proposed_at) = 27),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    files TEXT NOT NULL CHECK (length(files) BETWEEN 2 AND 30000000)
);
