-- What a source says of a measure may be that nothing has begun.
ALTER TABLE action DROP CONSTRAINT action_status_check;
ALTER TABLE action ADD CONSTRAINT action_status_check CHECK (
    status IN ('implemented', 'partly_implemented', 'in_progress', 'decided', 'announced',
               'stalled', 'abandoned', 'not_started', 'no_evidence', 'not_applicable')
);
