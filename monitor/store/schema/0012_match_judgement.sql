-- What the team said of a signatory and of somebody in a register of elected officials, beside the log:
-- what was refused is not proposed again. `person` is a digest of a name, `register_day` that of the state
-- in which it was seen.
CREATE TABLE match_judgement (
    pact_id TEXT NOT NULL,
    signatory_id TEXT NOT NULL,
    person TEXT NOT NULL CHECK (length(person) = 64),
    register_day TEXT NOT NULL CHECK (length(register_day) = 10),
    judgement TEXT NOT NULL CHECK (judgement IN ('same', 'other', 'defeated')),
    judged_by TEXT NOT NULL REFERENCES account (name),
    judged_at TEXT NOT NULL CHECK (length(judged_at) = 27),
    PRIMARY KEY (pact_id, signatory_id, person)
);
