-- Promise 1: a therapist, a room or a patient is in one place at a time. resource = id * 4 + kind; segment = epoch seconds / 300.
-- The primary key is the refusal. A hold is a claim with an end; the next to book clears it.
create table occupied (
    resource   bigint  not null,
    segment    integer not null,
    claim      bigint  not null,
    expires_at timestamp with time zone,
    primary key (resource, segment)
);

create sequence session_seq start with 50 increment by 50;
-- A session; an individual one has capacity 1. ends_at is exclusive. revision counts what a patient would notice
-- (time, therapist, room); version counts every change and is the ETag.
create table session (
    id               bigint primary key,
    modality_id      bigint      not null references modality (id),
    site_id          bigint      not null references site (id),
    room_id          bigint      not null references room (id),
    therapist_id     bigint      not null references therapist (id),
    starts_at        timestamp with time zone not null,
    ends_at          timestamp with time zone not null,
    turnover_minutes integer     not null,
    takes_room       boolean     not null,
    capacity         integer     not null check (capacity >= 1),
    state            varchar(12) not null check (state in ('BOOKED', 'CANCELLED')),
    cancel_reason    varchar(200),
    cancelled_at     timestamp with time zone,
    late_cancelled   boolean     not null,
    overridden       varchar(200),
    override_reason  varchar(500),
    revision         integer     not null,
    booked_at        timestamp with time zone not null,
    booked_by        bigint references account (id),
    version          bigint      not null,
    check (starts_at < ends_at)
);
-- Queries bound starts_at on both sides (no session is longer than 8 hours), so that these indexes are ranges.
create index session_therapist_time on session (therapist_id, starts_at);
create index session_room_time on session (room_id, starts_at);
create index session_site_time on session (site_id, starts_at);
create index session_time on session (starts_at);

-- Seats are rows made with the session; a participant takes one by its unique key, so capacity is a promise of the database.
create table seat (
    session_id bigint  not null references session (id),
    number     integer not null check (number >= 1),
    primary key (session_id, number)
);
create sequence participant_seq start with 50 increment by 50;
create table participant (
    id               bigint primary key,
    session_id       bigint      not null references session (id),
    patient_id       bigint      not null references patient (id),
    seat_number      integer,
    state            varchar(15) not null check (state in
        ('BOOKED', 'CONFIRMED', 'CHECKED_IN', 'ATTENDED', 'NO_SHOW', 'LATE_CANCELLED', 'CANCELLED')),
    checked_in_at    timestamp with time zone,
    late_minutes     integer     not null,
    attended_minutes integer,
    version          bigint      not null,
    unique (session_id, seat_number),
    foreign key (session_id, seat_number) references seat (session_id, number)
);
create index participant_patient on participant (patient_id, session_id);

-- Two minutes for whoever is booking a found time.
create table hold (
    id           bigint primary key,
    account_id   bigint not null references account (id),
    therapist_id bigint not null references therapist (id),
    room_id      bigint not null references room (id),
    starts_at    timestamp with time zone not null,
    ends_at      timestamp with time zone not null,
    expires_at   timestamp with time zone not null
);
create index hold_expiry on hold (expires_at);
