-- A department that an account looks after: whoever is drawn there comes first in its list of what there is
-- to do. Who gave it and took it away is in `team_act`.
CREATE TABLE account_department (
    name TEXT NOT NULL REFERENCES account (name),
    department TEXT NOT NULL CHECK (length(department) BETWEEN 1 AND 2000),
    PRIMARY KEY (name, department)
);
