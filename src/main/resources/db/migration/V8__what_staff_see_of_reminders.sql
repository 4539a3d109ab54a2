-- The desk's list: what has ended as it should not have, the newest first; and answers that wait for somebody.
create index reminder_state on reminder (state, closed_at);
create index reminder_answer on reminder (answer, answered_at);
