-- The entries of a file are looked for under the lock, when somebody decides of it or takes it back.
CREATE INDEX entry_load ON entry (load_seq) WHERE load_seq IS NOT NULL;
