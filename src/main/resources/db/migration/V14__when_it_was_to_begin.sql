-- left_start: when the session was to begin as the participant left it, by left_at; others may come to it at another time since.
alter table participant add column left_start timestamp with time zone;
