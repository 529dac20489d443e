-- What else an entry rests on: one row a source, beside the one that the entry itself cites.
CREATE TABLE source (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    action_id TEXT NOT NULL,
    source_no TEXT NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0),
    source_kind TEXT,
    UNIQUE (pact_id, action_id, source_no, rev)
);
CREATE TABLE source_text (
    seq INTEGER PRIMARY KEY REFERENCES source (seq),
    salt TEXT,
    source_title TEXT CHECK (length(source_title) <= 2000),
    source_publisher TEXT CHECK (length(source_publisher) <= 2000),
    source_url TEXT CHECK (length(source_url) <= 2000),
    archive_url TEXT CHECK (length(archive_url) <= 2000),
    quote TEXT CHECK (length(quote) <= 2000)
);
