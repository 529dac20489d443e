-- What a source says of a measure may be that nothing has begun. SQLite cannot change a CHECK, so the
-- table is made again, as in 0002_subjects.sqlite.sql.
CREATE TABLE action_again (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    action_id TEXT NOT NULL CHECK (length(action_id) BETWEEN 1 AND 100),
    version INTEGER NOT NULL CHECK (version > 0),
    first INTEGER NOT NULL REFERENCES action_again (seq) CHECK ((version = 1) = (first = seq)),
    commitment_id INTEGER NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0),
    kind TEXT NOT NULL CHECK (kind IN ('assessment', 'note', 'reply', 'retraction')),
    status TEXT CHECK (
        status IN ('implemented', 'partly_implemented', 'in_progress', 'decided', 'announced',
                   'stalled', 'abandoned', 'not_started', 'no_evidence', 'not_applicable')
    ),
    happened_on TEXT NOT NULL CHECK (length(happened_on) IN (4, 7, 10)),
    source_kind TEXT CHECK (
        source_kind IN ('council_act', 'budget', 'contract', 'report', 'city_statement', 'press',
                        'association', 'field_visit', 'other')
    ),
    supersedes INTEGER REFERENCES action_again (seq) CHECK (supersedes < first),
    FOREIGN KEY (commitment_id, pact_id) REFERENCES commitment (id, pact_id),
    CHECK ((kind = 'assessment') = (status IS NOT NULL)),
    CHECK (kind <> 'retraction' OR supersedes IS NOT NULL),
    CHECK (
        kind <> 'assessment' OR status IN ('no_evidence', 'not_applicable')
        OR source_kind IS NOT NULL
    ),
    UNIQUE (commitment_id, rev),
    UNIQUE (pact_id, action_id, version)
);
INSERT INTO action_again SELECT seq, pact_id, action_id, version, first, commitment_id, rev, kind, status, happened_on, source_kind, supersedes FROM action;
DROP TABLE action;
ALTER TABLE action_again RENAME TO action;
CREATE INDEX action_supersedes ON action (supersedes) WHERE supersedes IS NOT NULL;
