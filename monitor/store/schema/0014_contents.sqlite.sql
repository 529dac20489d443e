-- The list of what a file may hold leaves the table for a guard, as that of subjects did, so that it can
-- grow: the table is made again, as in 0002_subjects.sqlite.sql.
CREATE TABLE load_again (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    content TEXT NOT NULL,
    file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1))
);
INSERT INTO load_again SELECT seq, pact_id, content, file_name, accepted FROM load;
DROP TABLE load;
ALTER TABLE load_again RENAME TO load;
