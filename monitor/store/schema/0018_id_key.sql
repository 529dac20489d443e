-- Beside the log: the secret from which the ids of people without one of their own are made (see
-- `store/id_key.py`). One for each database, which its copies keep; never published.
CREATE TABLE id_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    secret TEXT NOT NULL CHECK (length(secret) = 64)
);
