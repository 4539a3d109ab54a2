-- A time may be kept for one who waits for it, until it lapses by itself: a hold that is theirs, and not the account's who offered it.
alter table hold add column waitlist_entry_id bigint references waitlist_entry (id);
create unique index hold_waitlist_entry on hold (waitlist_entry_id);

-- Waits no longer since the series has ended; if that is undone, they wait again.
alter table waitlist_entry add column series_ended boolean default false not null;
