-- led_at: since when somebody else leads a session that is otherwise as it was; null: as revised_at says. Few patients are told who leads.
alter table session add column led_at timestamp with time zone;
-- zone: where the patient is, for the hours at which messages may go out; null: where their session is.
alter table patient add column zone varchar(50);
