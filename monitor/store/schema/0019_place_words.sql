-- What a place is called in a pact whose places are no communes: `place_fr`, `places_fr`, `place_en` and
-- `places_en` as JSON.
ALTER TABLE pact ADD COLUMN places TEXT;
