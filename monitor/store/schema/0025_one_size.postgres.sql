-- A blind rating is as large whatever it says: whoever sees how much the server writes, or how large a
-- table is, learns nothing of it. What fills a row is of no digest. That of the texts has a part that
-- the salt decides, for the size of what stands before each text is not always the same.
ALTER TABLE rating ADD COLUMN filling TEXT GENERATED ALWAYS AS (repeat('.',
    64 - octet_length(status) - octet_length(happened_on)
    - coalesce(octet_length(source_kind) + 1, 0))) STORED;
ALTER TABLE rating_text ADD COLUMN filling TEXT GENERATED ALWAYS AS (repeat('.',
    1500 + coalesce(ascii(substr(salt, 1, 1)) * 7 % 64 + ascii(substr(salt, 2, 1)) * 5 % 64, 0)
    - coalesce(octet_length(summary) + 1, 0)
    - coalesce(octet_length(source_title) + 1, 0)
    - coalesce(octet_length(source_publisher) + 1, 0)
    - coalesce(octet_length(source_url) + 1, 0)
    - coalesce(octet_length(archive_url) + 1, 0)
    - coalesce(octet_length(quote) + 1, 0)
    - coalesce(octet_length(searched) + 1, 0))) STORED;
