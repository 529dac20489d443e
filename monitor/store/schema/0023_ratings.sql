-- One of two blind ratings of a commitment that a sample drew: what somebody found without seeing what
-- another found. It moves no status; nobody but its author reads it before both are in.
CREATE TABLE rating (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    commitment_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    source_kind TEXT,
    FOREIGN KEY (commitment_id, pact_id) REFERENCES commitment (id, pact_id)
);
CREATE INDEX rating_commitment ON rating (commitment_id);
CREATE TABLE rating_text (
    seq INTEGER PRIMARY KEY REFERENCES rating (seq),
    salt TEXT,
    summary TEXT CHECK (length(summary) <= 2000),
    source_title TEXT CHECK (length(source_title) <= 2000),
    source_publisher TEXT CHECK (length(source_publisher) <= 2000),
    source_url TEXT CHECK (length(source_url) <= 2000),
    archive_url TEXT CHECK (length(archive_url) <= 2000),
    quote TEXT CHECK (length(quote) <= 2000),
    searched TEXT CHECK (length(searched) BETWEEN 1 AND 2000)
);

-- What became of two ratings: the assessment that a reviewer took of two that agree, or that of the third
-- person who decided between two that do not.
CREATE TABLE rating_end (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    commitment_id INTEGER NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('agreed', 'arbitrated')),
    action_seq INTEGER NOT NULL REFERENCES action (seq) CHECK (action_seq < seq),
    UNIQUE (pact_id, plan_id, commitment_id),
    FOREIGN KEY (commitment_id, pact_id) REFERENCES commitment (id, pact_id)
);
CREATE INDEX rating_end_commitment ON rating_end (commitment_id);
