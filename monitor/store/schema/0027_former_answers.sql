-- What somebody had answered before they changed their mind. Its length and codes are in the guards.
ALTER TABLE answer ADD COLUMN former_answer TEXT;
ALTER TABLE answer ADD COLUMN former_answered_on TEXT;
ALTER TABLE answer_text ADD COLUMN former_comment TEXT;
ALTER TABLE answer_text ADD COLUMN former_source_url TEXT;
