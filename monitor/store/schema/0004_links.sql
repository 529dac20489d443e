-- What a link checker said of an address, one entry each. The server itself never asks an address.
CREATE TABLE link_check (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    checked_on TEXT NOT NULL CHECK (length(checked_on) = 10),
    outcome TEXT NOT NULL CHECK (outcome IN ('alive', 'dead', 'unclear'))
);
CREATE TABLE link_check_text (
    seq INTEGER PRIMARY KEY REFERENCES link_check (seq),
    salt TEXT,
    url TEXT CHECK (length(url) <= 2000),
    status TEXT CHECK (length(status) <= 2000),
    archive_url TEXT CHECK (length(archive_url) <= 2000)
);
-- Of the beginning: PostgreSQL refuses to index a text of more than 2,704 bytes.
CREATE INDEX link_check_text_url ON link_check_text (substr(url, 1, 500));

-- Checks come without a file and by the thousand: the actions that came so are found without them.
CREATE INDEX entry_alone_action ON entry (seq) WHERE load_seq IS NULL AND subject = 'action';
