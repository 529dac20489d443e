-- What is said of one commitment: words and a due day of its own, and who is in charge of it.
CREATE TABLE detail (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    signatory_id TEXT NOT NULL,
    measure TEXT NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0),
    due_on TEXT,
    UNIQUE (pact_id, signatory_id, measure, rev)
);
CREATE TABLE detail_text (
    seq INTEGER PRIMARY KEY REFERENCES detail (seq),
    salt TEXT,
    wording TEXT CHECK (length(wording) <= 2000),
    in_charge TEXT CHECK (length(in_charge) <= 2000),
    note TEXT CHECK (length(note) <= 2000)
);
