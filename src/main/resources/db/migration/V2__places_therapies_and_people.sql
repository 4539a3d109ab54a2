create sequence site_seq start with 50 increment by 50;
create table site (
    id      bigint primary key,
    name    varchar(80) not null unique,
    zone    varchar(50) not null,
    phone   varchar(40) not null,
    active  boolean     not null,
    version bigint      not null
);
-- weekday: 1 Monday to 7 Sunday (ISO 8601); wall times of the site; closes_at is exclusive, 00:00 means midnight.
create table opening_hours (
    site_id   bigint  not null references site (id),
    weekday   integer not null check (weekday between 1 and 7),
    opens_at  time    not null,
    closes_at time    not null,
    primary key (site_id, weekday, opens_at)
);
create table closure_day (
    site_id   bigint not null references site (id),
    closed_on date   not null,
    reason    varchar(200) not null,
    primary key (site_id, closed_on)
);

create sequence room_seq start with 50 increment by 50;
create table room (
    id               bigint primary key,
    site_id          bigint      not null references site (id),
    name             varchar(80) not null,
    capacity         integer     not null check (capacity >= 1),
    turnover_minutes integer     not null check (turnover_minutes between 0 and 120),
    telehealth       boolean     not null,
    active           boolean     not null,
    version          bigint      not null,
    unique (site_id, name)
);

create sequence modality_seq start with 50 increment by 50;
create table modality (
    id               bigint primary key,
    code             varchar(20)  not null unique,
    name             varchar(80)  not null,
    format           varchar(12)  not null check (format in ('INDIVIDUAL', 'GROUP', 'BOTH')),
    default_minutes  integer      not null check (default_minutes between 5 and 480),
    default_capacity integer      not null check (default_capacity >= 1),
    minimum_size     integer      not null check (minimum_size >= 1),
    qualification    varchar(120),
    colour           integer      not null check (colour between 0 and 11),
    active           boolean      not null,
    version          bigint       not null
);

create sequence therapist_seq start with 50 increment by 50;
create table therapist (
    id          bigint primary key,
    title       varchar(20) not null,
    given_name  varchar(80) not null,
    family_name varchar(80) not null,
    gender      varchar(10) not null check (gender in ('FEMALE', 'MALE', 'OTHER')),
    active      boolean     not null,
    version     bigint      not null
);
create table therapist_language (
    therapist_id bigint     not null references therapist (id),
    language     varchar(10) not null,
    primary key (therapist_id, language)
);
-- valid_to is the last valid day; null: no end.
create sequence qualification_seq start with 50 increment by 50;
create table qualification (
    id           bigint primary key,
    therapist_id bigint not null references therapist (id),
    modality_id  bigint not null references modality (id),
    valid_from   date   not null,
    valid_to     date
);
create index qualification_therapist on qualification (therapist_id, modality_id);
create table working_hours (
    therapist_id bigint  not null references therapist (id),
    site_id      bigint  not null references site (id),
    weekday      integer not null check (weekday between 1 and 7),
    starts_at    time    not null,
    ends_at      time    not null,
    primary key (therapist_id, site_id, weekday, starts_at)
);
create sequence time_off_seq start with 50 increment by 50;
create table time_off (
    id           bigint primary key,
    therapist_id bigint       not null references therapist (id),
    starts_at    timestamp with time zone not null,
    ends_at      timestamp with time zone not null,
    reason       varchar(200) not null,
    version      bigint       not null,
    check (starts_at < ends_at)
);
create index time_off_therapist on time_off (therapist_id, ends_at);
alter table account add constraint account_therapist foreign key (therapist_id) references therapist (id);

create sequence patient_seq start with 50 increment by 50;
-- search_name: "given family" in lower case without accents, which may be longer than the names (Weiß: weiss); kept by the entity.
create table patient (
    id                   bigint primary key,
    record_number        varchar(40)  not null unique,
    external_id          varchar(80)  unique,
    given_name           varchar(80)  not null,
    family_name          varchar(80)  not null,
    search_name          varchar(340) not null,
    family_search_name   varchar(170) not null,
    birth_date           date,
    gender               varchar(10)  not null check (gender in ('FEMALE', 'MALE', 'OTHER', 'UNKNOWN')),
    language             varchar(10)  not null,
    primary_therapist_id bigint references therapist (id),
    died_on              date,
    active               boolean      not null,
    version              bigint       not null
);
create index patient_search on patient (search_name);
create index patient_family on patient (family_search_name);
create index patient_birth on patient (birth_date, family_search_name);
create index patient_primary on patient (primary_therapist_id);
-- sealed: AES-GCM under a key id, the row's id as associated data; lookup: keyed hash of the normalised value.
create sequence contact_point_seq start with 50 increment by 50;
create table contact_point (
    id         bigint primary key,
    patient_id bigint        not null references patient (id),
    kind       varchar(10)   not null check (kind in ('PHONE', 'EMAIL', 'ADDRESS')),
    sealed     varchar(2000) not null,
    lookup     char(64)      not null
);
create index contact_point_patient on contact_point (patient_id);
create index contact_point_lookup on contact_point (lookup);
create table keep_apart (
    patient_id bigint not null references patient (id),
    other_id   bigint not null references patient (id),
    primary key (patient_id, other_id),
    check (patient_id < other_id)
);
create index keep_apart_other on keep_apart (other_id);
