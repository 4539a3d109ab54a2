-- Series, seats over time, waitlists. Individual and group series are one thing; an individual one has capacity 1.
create sequence series_seq start with 50 increment by 50;
-- rule: RFC 5545 RRULE in the site's wall time, with COUNT or UNTIL (local). counts: whether a COUNT means dates or dates held.
-- cutoff_hours: so long before a session its size is decided. parent_id: the part before a split ("this and following").
create table series (
    id            bigint primary key,
    name          varchar(120) not null,
    modality_id   bigint       not null references modality (id),
    site_id       bigint       not null references site (id),
    room_id       bigint       not null references room (id),
    therapist_id  bigint       not null references therapist (id),
    rule          varchar(300) not null,
    counts        varchar(5)   not null check (counts in ('DATES', 'HELD')),
    first_at      timestamp    not null,
    minutes       integer      not null,
    capacity      integer      not null check (capacity >= 1),
    minimum_size  integer      not null check (minimum_size >= 1),
    cutoff_hours  integer      not null check (cutoff_hours >= 0),
    open_to_new   boolean      not null,
    parent_id     bigint references series (id),
    created_at    timestamp with time zone not null,
    created_by    bigint references account (id),
    version       bigint       not null
);
create index series_therapist on series (therapist_id);
create table series_facilitator (
    series_id    bigint not null references series (id),
    therapist_id bigint not null references therapist (id),
    primary key (series_id, therapist_id)
);
create index series_facilitator_therapist on series_facilitator (therapist_id);

-- A patient in a series, both dates included, in the site's zone; no end: null. A readmitted patient has a second one.
create sequence enrolment_seq start with 50 increment by 50;
create table enrolment (
    id          bigint primary key,
    series_id   bigint       not null references series (id),
    patient_id  bigint       not null references patient (id),
    from_date   date         not null,
    to_date     date,
    enrolled_at timestamp with time zone not null,
    enrolled_by bigint references account (id),
    end_reason  varchar(200),
    version     bigint       not null
);
create index enrolment_series on enrolment (series_id, patient_id);
create index enrolment_patient on enrolment (patient_id);

-- occurrence: the wall time by the rule, which stays when the session is moved; by_hand: was changed apart from its series;
-- held_anyway: the desk has decided to hold it below the minimum size.
alter table session add column series_id bigint references series (id);
alter table session add column occurrence timestamp;
alter table session add column by_hand boolean default false not null;
alter table session add column held_anyway boolean default false not null;
alter table session add constraint session_occurrence unique (series_id, occurrence);
create index session_series on session (series_id, starts_at);
create table session_facilitator (
    session_id   bigint not null references session (id),
    therapist_id bigint not null references therapist (id),
    primary key (session_id, therapist_id)
);
create index session_facilitator_therapist on session_facilitator (therapist_id, session_id);

-- No enrolment: a one-off guest. excused: an absence that is not held against the patient.
alter table participant add column enrolment_id bigint references enrolment (id);
alter table participant add column excused boolean default false not null;
create index participant_enrolment on participant (enrolment_id);

-- Who wants a seat in a series, or a time with a modality. priority: 1 urgent, 2 soon, 3 routine.
create sequence waitlist_entry_seq start with 50 increment by 50;
create table waitlist_entry (
    id            bigint primary key,
    patient_id    bigint      not null references patient (id),
    series_id     bigint references series (id),
    modality_id   bigint references modality (id),
    therapist_id  bigint references therapist (id),
    site_id       bigint references site (id),
    weekdays      varchar(7)  not null,
    after_time    time,
    before_time   time,
    from_date     date        not null,
    priority      integer     not null check (priority between 1 and 3),
    waiting_since timestamp with time zone not null,
    state         varchar(10) not null check (state in ('WAITING', 'PLACED', 'WITHDRAWN')),
    closed_at     timestamp with time zone,
    version       bigint      not null,
    check ((series_id is null) <> (modality_id is null))
);
create index waitlist_entry_series on waitlist_entry (series_id, state);
create index waitlist_entry_modality on waitlist_entry (modality_id, state);
create index waitlist_entry_patient on waitlist_entry (patient_id);

-- A seat held for one who waits; whoever else books meanwhile finds it taken until it lapses.
alter table seat add column held_for bigint references waitlist_entry (id);
alter table seat add column held_until timestamp with time zone;

-- What an answer under an idempotency key tells of: a session, or a series.
alter table idempotent_answer add column about varchar(10) default 'sessions' not null;
