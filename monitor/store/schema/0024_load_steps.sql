-- A file of an account that is written in parts, between which others save. Each part follows its own
-- step; nobody can decide of the file before the step `whole`. `abandoned`: it never will be.
CREATE TABLE load_step (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    load_seq INTEGER NOT NULL REFERENCES load (seq) CHECK (load_seq < seq),
    step TEXT NOT NULL CHECK (step IN ('part', 'whole', 'abandoned'))
);
CREATE INDEX load_step_load ON load_step (load_seq, seq);
