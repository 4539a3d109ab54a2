-- What therapists get outside of the application: a calendar for their own devices, and tomorrow by e-mail. And since when seats are held.

-- A calendar's address holds a token of 256 bits, of which only the hash is here. used_on: the day (UTC) it was last asked for.
create sequence calendar_feed_seq start with 50 increment by 50;
create table calendar_feed (
    id         bigint primary key,
    account_id bigint   not null references account (id),
    token_hash char(64) not null unique,
    created_at timestamp with time zone not null,
    revoked_at timestamp with time zone,
    used_on    date
);
create index calendar_feed_account on calendar_feed (account_id);

-- Who wants tomorrow by e-mail, where (sealed like contact points, under the account's id), and when (on the wall where they work most).
create table digest_wish (
    account_id bigint primary key references account (id),
    sealed     varchar(700) not null,
    send_at    time         not null
);
-- What has become of each: at most one for an account and the day that it tells of. WAITING: the mail server could not take it yet.
create table digest (
    account_id  bigint      not null references account (id),
    about       date        not null,
    state       varchar(10) not null check (state in ('WAITING', 'SENDING', 'SENT', 'FAILED', 'UNKNOWN', 'EMPTY')),
    attempts    integer     not null,
    next_at     timestamp with time zone,
    lease_until timestamp with time zone,
    closed_at   timestamp with time zone,
    primary key (account_id, about)
);
create index digest_state on digest (state, lease_until);
create index digest_age on digest (about);

-- Since when a seat is held, so that what is told of it has its time; null: held before this was written down.
alter table seat add column held_since timestamp with time zone;
