-- What takes away from what is public, or makes an admin, waits for a second person or for a day. An
-- order of a court does not wait. `target_seq`: the file, the row or the entry; `name`: who would be an
-- admin.
CREATE TABLE request (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    kind TEXT NOT NULL CHECK (kind IN ('withdrawal', 'row_withdrawal', 'redaction', 'admin')),
    target_seq INTEGER REFERENCES entry (seq),
    name TEXT REFERENCES account (name),
    reason TEXT CHECK (length(reason) BETWEEN 1 AND 2000),
    order_reference TEXT CHECK (length(order_reference) BETWEEN 1 AND 200),
    asked_by TEXT NOT NULL REFERENCES account (name),
    asked_at TEXT NOT NULL CHECK (length(asked_at) = 27),
    due_at TEXT NOT NULL CHECK (length(due_at) = 27),
    CHECK ((kind = 'admin') = (name IS NOT NULL)),
    CHECK ((kind = 'admin') = (target_seq IS NULL))
);
CREATE INDEX request_target ON request (target_seq) WHERE target_seq IS NOT NULL;

-- What became of it, once. `ended_by`: nobody when the day has passed, or when it had no object any more.
-- `why`: the words of who stopped it, or the code of what kept it from being carried out.
CREATE TABLE request_end (
    id INTEGER PRIMARY KEY REFERENCES request (id),
    way TEXT NOT NULL CHECK (way IN ('confirmed', 'elapsed', 'order', 'stopped', 'void')),
    ended_by TEXT REFERENCES account (name),
    ended_at TEXT NOT NULL CHECK (length(ended_at) = 27),
    why TEXT CHECK (length(why) BETWEEN 1 AND 2000),
    CHECK ((way IN ('elapsed', 'void')) = (ended_by IS NULL))
);

-- What the team did, and what was refused to it: never changed, never exported. No actor: the server.
CREATE TABLE team_act (
    id INTEGER PRIMARY KEY,
    happened_at TEXT NOT NULL CHECK (length(happened_at) = 27),
    actor TEXT REFERENCES account (name),
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    about TEXT REFERENCES account (name),
    seq INTEGER REFERENCES entry (seq),
    request_id INTEGER REFERENCES request (id),
    details TEXT CHECK (length(details) BETWEEN 1 AND 500)
);
CREATE INDEX team_act_about ON team_act (about) WHERE about IS NOT NULL;
CREATE INDEX team_act_actor ON team_act (actor) WHERE actor IS NOT NULL;

-- Who made whom before there was a record of it: the first word about each account is its making.
INSERT INTO team_act (id, happened_at, actor, kind, about)
SELECT row_number() OVER (ORDER BY c.id), c.changed_at, c.changed_by, 'account_made', c.name
FROM account_change c WHERE c.id IN (SELECT min(id) FROM account_change GROUP BY name);
