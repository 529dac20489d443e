-- A sample of officials drawn by public dice. `content` is what is planned, as JSON (see `monitor.samples`);
-- the text `dice` says which draw, still to come, will be the seed.
CREATE TABLE sample_plan (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    plan_id TEXT NOT NULL CHECK (length(plan_id) BETWEEN 1 AND 100),
    content TEXT NOT NULL CHECK (length(content) BETWEEN 2 AND 20000),
    UNIQUE (pact_id, plan_id)
);
CREATE TABLE sample_plan_text (
    seq INTEGER PRIMARY KEY REFERENCES sample_plan (seq),
    salt TEXT,
    dice TEXT CHECK (length(dice) BETWEEN 1 AND 2000)
);

-- What the dice said: the numbers as they were published.
CREATE TABLE sample_seed (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    seed TEXT NOT NULL CHECK (length(seed) BETWEEN 1 AND 200 AND seed = trim(seed)),
    UNIQUE (pact_id, plan_id)
);

-- A plan given up, with a reason: it stays in the log.
CREATE TABLE sample_end (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    pact_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    UNIQUE (pact_id, plan_id)
);
CREATE TABLE sample_end_text (
    seq INTEGER PRIMARY KEY REFERENCES sample_end (seq),
    salt TEXT,
    reason TEXT CHECK (length(reason) BETWEEN 1 AND 2000)
);
