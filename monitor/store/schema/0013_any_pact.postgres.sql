-- A pact in any language, of a term whose end may not be fixed, with offices and places of its own.
ALTER TABLE pact ALTER COLUMN term_end DROP NOT NULL;
ALTER TABLE pact DROP CONSTRAINT pact_language_check;
ALTER TABLE pact ADD CONSTRAINT pact_language_check CHECK (length(language) BETWEEN 2 AND 35);
ALTER TABLE pact ADD COLUMN offices TEXT;
ALTER TABLE pact ADD COLUMN areas TEXT;
ALTER TABLE mandate DROP CONSTRAINT mandate_office_check;
ALTER TABLE mandate ADD CONSTRAINT mandate_office_check CHECK (length(office) BETWEEN 1 AND 100);
