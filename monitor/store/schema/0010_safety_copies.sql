-- When a safety copy was made and its chain checked: whoever watches the server sees that it was not.
CREATE TABLE safety_copy (
    id INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL CHECK (length(made_at) = 27),
    seq INTEGER NOT NULL CHECK (seq >= 0)
);
