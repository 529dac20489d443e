-- Beside the log: how the columns of files that people bring were matched, for the next file with the same
-- titles, and which cells were mended before a file was loaded.

-- `titles`: the digest of the titles in their order. `columns`: a JSON object; no name of a person.
CREATE TABLE column_match (
    pact_id TEXT NOT NULL,
    content TEXT NOT NULL,
    titles TEXT NOT NULL CHECK (length(titles) = 64),
    columns TEXT NOT NULL CHECK (length(columns) BETWEEN 2 AND 20000),
    matched_at TEXT NOT NULL CHECK (length(matched_at) = 27),
    PRIMARY KEY (pact_id, content, titles)
);

-- What a cell said and says, of a fact only: texts are in the log alone, where a court can have them
-- removed.
CREATE TABLE mended_cell (
    load_seq INTEGER NOT NULL REFERENCES entry (seq),
    line INTEGER NOT NULL CHECK (line > 0),
    column_name TEXT NOT NULL,
    was TEXT,
    became TEXT,
    PRIMARY KEY (load_seq, line, column_name)
);
