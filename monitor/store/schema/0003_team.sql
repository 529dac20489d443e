-- Entries that no file brought: few, and looked up one by one.
CREATE INDEX entry_alone ON entry (seq) WHERE load_seq IS NULL;
CREATE INDEX entry_alone_by ON entry (author, seq) WHERE load_seq IS NULL;

-- The team: what it decides about files (in the log), and who it is (beside the log, never exported).

-- A second person's decision about a file as a whole, one that came through the web.
CREATE TABLE load_review (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    load_seq INTEGER NOT NULL REFERENCES load (seq) CHECK (load_seq < seq),
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'refused')),
    UNIQUE (load_seq)
);
CREATE TABLE load_review_text (
    seq INTEGER PRIMARY KEY REFERENCES load_review (seq),
    salt TEXT,
    reason TEXT CHECK (length(reason) <= 2000)
);

-- A file taken back as a whole: from then on none of its rows counts.
CREATE TABLE withdrawal (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    load_seq INTEGER NOT NULL REFERENCES load (seq) CHECK (load_seq < seq),
    UNIQUE (load_seq)
);
CREATE TABLE withdrawal_text (
    seq INTEGER PRIMARY KEY REFERENCES withdrawal (seq),
    salt TEXT,
    reason TEXT CHECK (length(reason) <= 2000)
);

-- The official claims the right of reply, or is invited to use it; `dropped`: what was noted before of
-- the commitment was noted by mistake.
CREATE TABLE reply_request (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    commitment_id INTEGER NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('claimed', 'invited', 'dropped')),
    asked_on TEXT NOT NULL CHECK (length(asked_on) = 10),
    FOREIGN KEY (commitment_id, pact_id) REFERENCES commitment (id, pact_id)
);
CREATE INDEX reply_request_commitment ON reply_request (commitment_id);
CREATE TABLE reply_request_text (
    seq INTEGER PRIMARY KEY REFERENCES reply_request (seq),
    salt TEXT,
    note TEXT CHECK (length(note) <= 2000)
);

-- What a reviewer asks the author of a pending entry, and what the author answers. Not published.
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    action_seq INTEGER NOT NULL REFERENCES action (seq),
    author TEXT NOT NULL REFERENCES account (name),
    sent_at TEXT NOT NULL,
    words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 2000)
);
CREATE INDEX message_action ON message (action_seq);

-- Role and access of an account: the last row holds. Nothing is forgotten of who could do what when.
CREATE TABLE account_change (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name),
    role TEXT NOT NULL CHECK (role IN ('volunteer', 'reviewer', 'admin')),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL REFERENCES account (name)
);
CREATE INDEX account_change_name ON account_change (name);

-- A conflict of interest: a commune that the account may neither rate nor review.
CREATE TABLE account_commune (
    name TEXT NOT NULL REFERENCES account (name),
    commune TEXT NOT NULL,
    PRIMARY KEY (name, commune)
);
-- Who tied an account to a commune, or untied it, and when.
CREATE TABLE account_tie (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name),
    commune TEXT NOT NULL,
    tied INTEGER NOT NULL CHECK (tied IN (0, 1)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL REFERENCES account (name)
);

CREATE TABLE credential (
    name TEXT PRIMARY KEY REFERENCES account (name),
    password_hash TEXT NOT NULL,
    set_at TEXT NOT NULL
);
-- Tokens are stored as their SHA-256: who reads the database cannot sign in with it.
CREATE TABLE activation (
    token_hash TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name),
    expires_at TEXT NOT NULL
);
CREATE TABLE web_session (
    token_hash TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name),
    began_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE TABLE sign_in_failure (
    id INTEGER PRIMARY KEY,
    name_hash TEXT NOT NULL,
    address TEXT NOT NULL,
    failed_at TEXT NOT NULL
);
CREATE INDEX sign_in_failure_at ON sign_in_failure (failed_at);

-- A person of an OpenID Connect provider. No name: waits for an admin.
CREATE TABLE identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT REFERENCES account (name),
    shown TEXT,
    asked_at TEXT NOT NULL,
    signed_out_at TEXT,
    PRIMARY KEY (issuer, subject)
);

-- What a volunteer has begun to write: it survives the browser and the server.
CREATE TABLE draft (
    name TEXT NOT NULL REFERENCES account (name),
    purpose TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (name, purpose)
);
