-- A pact in any language, of a term whose end may not be fixed, with offices and places of its own.
-- SQLite cannot change a CHECK, so the tables are made again, as in 0002_subjects.sqlite.sql.
CREATE TABLE pact_again (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL CHECK (length(pact_id) BETWEEN 1 AND 100),
    rev INTEGER NOT NULL CHECK (rev > 0),
    title TEXT NOT NULL,
    question TEXT,
    promoter TEXT NOT NULL,
    election TEXT NOT NULL,
    election_on TEXT NOT NULL,
    term_start TEXT NOT NULL,
    term_end TEXT CHECK (term_end > term_start),
    language TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
    fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
    binding_offices TEXT NOT NULL,
    licence TEXT NOT NULL,
    measures TEXT NOT NULL,
    offices TEXT,
    areas TEXT,
    UNIQUE (pact_id, rev)
);
INSERT INTO pact_again SELECT seq, pact_id, rev, title, question, promoter, election, election_on, term_start, term_end, language, fictional, binding_offices, licence, measures, NULL, NULL FROM pact;
DROP TABLE pact;
ALTER TABLE pact_again RENAME TO pact;
CREATE TABLE mandate_again (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    signatory_id TEXT NOT NULL,
    office TEXT NOT NULL CHECK (length(office) BETWEEN 1 AND 100),
    started_on TEXT NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0),
    ended_on TEXT,
    end_reason TEXT CHECK (end_reason IN ('term_end', 'resignation', 'death', 'merger', 'other')),
    UNIQUE (pact_id, signatory_id, office, started_on, rev)
);
INSERT INTO mandate_again SELECT seq, pact_id, signatory_id, office, started_on, rev, ended_on, end_reason FROM mandate;
DROP TABLE mandate;
ALTER TABLE mandate_again RENAME TO mandate;
