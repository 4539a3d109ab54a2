-- What patients answer.

-- Where the message went that the link was in: the keyed hash of the address. Null: made before it was written down.
alter table reply_token add column lookup char(64);

-- Which of several sessions an answer was meant for: what was asked of an address. Reminder: whose session the number stands for.
create table reply_question (
    lookup      char(64)    not null,
    number      integer     not null,
    wish        varchar(10) not null check (wish in ('YES', 'NO')),
    reminder_id bigint      not null references reminder (id),
    asked_at    timestamp with time zone not null,
    primary key (lookup, number)
);
create index reply_question_age on reply_question (asked_at);
create index reply_question_reminder on reply_question (reminder_id);

-- Incoming messages that have been answered, by the provider's name for them: it may deliver one twice.
create table incoming_message (
    receipt varchar(200) primary key,
    at      timestamp with time zone not null
);
create index incoming_message_age on incoming_message (at);
