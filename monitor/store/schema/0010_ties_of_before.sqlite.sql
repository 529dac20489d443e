-- What 0.2.0 made by a 0003_team.sql that said less: no record of ties, and no request of reply that was
-- dropped. SQLite cannot change a CHECK, so the table is made again, as in 0002_subjects.sqlite.sql.
CREATE TABLE IF NOT EXISTS account_tie (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name),
    commune TEXT NOT NULL,
    tied INTEGER NOT NULL CHECK (tied IN (0, 1)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL REFERENCES account (name)
);
INSERT INTO account_tie (id, name, commune, tied, changed_at, changed_by)
SELECT (SELECT coalesce(max(id), 0) FROM account_tie) + row_number() OVER (ORDER BY c.name, c.commune),
    c.name, c.commune, 1, a.created_at, 'operator'
FROM account_commune c JOIN account a ON a.name = c.name
WHERE NOT EXISTS (SELECT 1 FROM account_tie t WHERE t.name = c.name AND t.commune = c.commune);
CREATE TABLE reply_request_again (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    commitment_id INTEGER NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('claimed', 'invited', 'dropped')),
    asked_on TEXT NOT NULL CHECK (length(asked_on) = 10),
    FOREIGN KEY (commitment_id, pact_id) REFERENCES commitment (id, pact_id)
);
INSERT INTO reply_request_again SELECT seq, pact_id, commitment_id, way, asked_on FROM reply_request;
DROP TABLE reply_request;
ALTER TABLE reply_request_again RENAME TO reply_request;
CREATE INDEX reply_request_commitment ON reply_request (commitment_id);
