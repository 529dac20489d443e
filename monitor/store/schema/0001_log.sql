-- The log, and what it is about. Written once for SQLite and PostgreSQL; what only a trigger can
-- refuse (update, delete, replace, gaps, a reviewer who is the author) is in the guards of each dialect.

CREATE TABLE account (
    name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 60),
    role TEXT NOT NULL CHECK (role IN ('operator', 'volunteer', 'reviewer', 'admin')),
    created_at TEXT NOT NULL
);

-- One row: the end of the chain, and the lock that every write takes first.
CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64)
);

CREATE TABLE entry (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 27),
    author TEXT NOT NULL REFERENCES account (name),
    subject TEXT NOT NULL CHECK (
        subject IN ('load', 'pact', 'area', 'signatory', 'mandate', 'action', 'review', 'redaction')
    ),
    load_seq INTEGER REFERENCES entry (seq) CHECK (load_seq < seq),
    request_id TEXT,
    salt TEXT NOT NULL CHECK (length(salt) = 32),
    texts_digest TEXT NOT NULL CHECK (length(texts_digest) IN (0, 64)),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
);
CREATE UNIQUE INDEX entry_request ON entry (request_id) WHERE request_id IS NOT NULL;

-- A file: one entry that opens it. `accepted` is the operator's acceptance of the file as a whole.
CREATE TABLE load (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    content TEXT NOT NULL CHECK (content IN ('pact', 'areas', 'signatories', 'mandates', 'actions')),
    file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1))
);

CREATE TABLE pact (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL CHECK (length(pact_id) BETWEEN 1 AND 100),
    rev INTEGER NOT NULL CHECK (rev > 0),
    title TEXT NOT NULL,
    question TEXT,
    promoter TEXT NOT NULL,
    election TEXT NOT NULL,
    election_on TEXT NOT NULL,
    term_start TEXT NOT NULL,
    term_end TEXT NOT NULL CHECK (term_end > term_start),
    language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
    fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
    binding_offices TEXT NOT NULL,
    licence TEXT NOT NULL,
    measures TEXT NOT NULL,
    UNIQUE (pact_id, rev)
);

CREATE TABLE area (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 100),
    rev INTEGER NOT NULL CHECK (rev > 0),
    name TEXT NOT NULL CHECK (length(name) <= 2000),
    department_code TEXT,
    department TEXT,
    region_code TEXT,
    region TEXT,
    epci TEXT,
    population TEXT,
    latitude TEXT,
    longitude TEXT,
    UNIQUE (pact_id, code, rev)
);

CREATE TABLE signatory (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    signatory_id TEXT NOT NULL CHECK (length(signatory_id) BETWEEN 1 AND 100),
    rev INTEGER NOT NULL CHECK (rev > 0),
    commune TEXT NOT NULL,
    signed_on TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('elected', 'defeated', 'unknown')),
    due_on TEXT,
    measures TEXT,
    UNIQUE (pact_id, signatory_id, rev)
);
CREATE TABLE signatory_text (
    seq INTEGER PRIMARY KEY REFERENCES signatory (seq),
    salt TEXT,
    name TEXT CHECK (length(name) <= 2000),
    list TEXT CHECK (length(list) <= 2000),
    source_url TEXT CHECK (length(source_url) <= 2000)
);

CREATE TABLE mandate (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    signatory_id TEXT NOT NULL,
    office TEXT NOT NULL CHECK (
        office IN ('mayor', 'deputy_mayor', 'majority_councillor', 'opposition_councillor')
    ),
    started_on TEXT NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0),
    ended_on TEXT,
    end_reason TEXT CHECK (end_reason IN ('term_end', 'resignation', 'death', 'merger', 'other')),
    UNIQUE (pact_id, signatory_id, office, started_on, rev)
);
CREATE TABLE mandate_text (
    seq INTEGER PRIMARY KEY REFERENCES mandate (seq),
    salt TEXT,
    source_url TEXT CHECK (length(source_url) <= 2000)
);

-- A number for each signatory × measure. It says nothing by itself: entries name all three parts.
CREATE TABLE commitment (
    id INTEGER PRIMARY KEY,
    pact_id TEXT NOT NULL,
    signatory_id TEXT NOT NULL,
    measure_id TEXT NOT NULL,
    UNIQUE (pact_id, signatory_id, measure_id),
    UNIQUE (id, pact_id)
);

-- `version` counts the rewritings of one action_id by a load; `first` is the entry of version 1.
-- `supersedes` names the `first` of another action: it is corrected or, by a retraction, withdrawn.
CREATE TABLE action (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    action_id TEXT NOT NULL CHECK (length(action_id) BETWEEN 1 AND 100),
    version INTEGER NOT NULL CHECK (version > 0),
    first INTEGER NOT NULL REFERENCES action (seq) CHECK ((version = 1) = (first = seq)),
    commitment_id INTEGER NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0),
    kind TEXT NOT NULL CHECK (kind IN ('assessment', 'note', 'reply', 'retraction')),
    status TEXT CHECK (
        status IN ('implemented', 'partly_implemented', 'in_progress', 'decided', 'announced',
                   'stalled', 'abandoned', 'no_evidence', 'not_applicable')
    ),
    happened_on TEXT NOT NULL CHECK (length(happened_on) IN (4, 7, 10)),
    source_kind TEXT CHECK (
        source_kind IN ('council_act', 'budget', 'contract', 'report', 'city_statement', 'press',
                        'association', 'field_visit', 'other')
    ),
    supersedes INTEGER REFERENCES action (seq) CHECK (supersedes < first),
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
CREATE INDEX action_supersedes ON action (supersedes) WHERE supersedes IS NOT NULL;
CREATE TABLE action_text (
    seq INTEGER PRIMARY KEY REFERENCES action (seq),
    salt TEXT,
    summary TEXT CHECK (length(summary) <= 2000),
    source_title TEXT CHECK (length(source_title) <= 2000),
    source_publisher TEXT CHECK (length(source_publisher) <= 2000),
    source_url TEXT CHECK (length(source_url) <= 2000),
    archive_url TEXT CHECK (length(archive_url) <= 2000),
    quote TEXT CHECK (length(quote) <= 2000),
    reason TEXT CHECK (length(reason) <= 2000),
    recorded_by TEXT CHECK (length(recorded_by) <= 2000),
    search_key TEXT
);

-- A second person's decision about an action that came without an accepted file.
CREATE TABLE review (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    action_seq INTEGER NOT NULL REFERENCES action (seq) CHECK (action_seq < seq),
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'refused')),
    UNIQUE (action_seq)
);
CREATE TABLE review_text (
    seq INTEGER PRIMARY KEY REFERENCES review (seq),
    salt TEXT,
    reason TEXT CHECK (length(reason) <= 2000)
);

-- A court's order: the texts of `target_seq` may be emptied, its place in the chain stays.
CREATE TABLE redaction (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    target_seq INTEGER NOT NULL REFERENCES entry (seq) CHECK (target_seq < seq),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000)
);

INSERT INTO account (name, role, created_at) VALUES ('operator', 'operator', '2014-01-01T00:00:00.000000Z');
INSERT INTO head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
