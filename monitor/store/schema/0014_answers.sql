-- What somebody answered about one measure. What each column may hold is in the guards.
CREATE TABLE answer (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    signatory_id TEXT NOT NULL,
    measure TEXT NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0),
    answer TEXT NOT NULL,
    answered_on TEXT,
    UNIQUE (pact_id, signatory_id, measure, rev)
);
CREATE TABLE answer_text (
    seq INTEGER PRIMARY KEY REFERENCES answer (seq),
    salt TEXT,
    comment TEXT CHECK (length(comment) <= 2000),
    source_url TEXT CHECK (length(source_url) <= 2000)
);
