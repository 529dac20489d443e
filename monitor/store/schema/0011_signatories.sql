ALTER TABLE signatory ADD COLUMN kind TEXT;
ALTER TABLE signatory ADD COLUMN withdrawn_on TEXT;
ALTER TABLE signatory ADD COLUMN person_id TEXT;
