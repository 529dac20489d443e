-- What somebody had answered before they changed their mind. What a fact may hold is in the guards.
ALTER TABLE answer ADD COLUMN former_answer TEXT;
ALTER TABLE answer ADD COLUMN former_answered_on TEXT;
ALTER TABLE answer_text ADD COLUMN former_comment TEXT CHECK (length(former_comment) <= 2000);
ALTER TABLE answer_text ADD COLUMN former_source_url TEXT CHECK (length(former_source_url) <= 2000);
