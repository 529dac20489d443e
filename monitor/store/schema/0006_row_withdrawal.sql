-- A signatory or a mandate entered by mistake: what the log had said of it so far counts no more.
-- `target_seq` is the version that counted.
CREATE TABLE row_withdrawal (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    target_seq INTEGER NOT NULL REFERENCES entry (seq) CHECK (target_seq < seq)
);
CREATE INDEX row_withdrawal_target ON row_withdrawal (target_seq);
CREATE TABLE row_withdrawal_text (
    seq INTEGER PRIMARY KEY REFERENCES row_withdrawal (seq),
    salt TEXT,
    reason TEXT CHECK (length(reason) BETWEEN 1 AND 2000)
);
