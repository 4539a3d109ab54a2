-- One line of scripts for H2 and PostgreSQL: only what both understand. Instants are `timestamp with time zone`;
-- sequences step by 50 from 50, which is what allocationSize = 50 of the entities expects; the audit trail takes one at a time.

create sequence account_seq start with 50 increment by 50;
create table account (
    id            bigint primary key,
    username      varchar(60)  not null unique,
    display_name  varchar(120) not null,
    password_hash varchar(300),
    therapist_id  bigint,
    active        boolean      not null,
    language      varchar(10)  not null,
    discreet      boolean      not null,
    single_keys   boolean      not null,
    created_at    timestamp with time zone not null,
    version       bigint       not null
);
create table account_role (
    account_id bigint      not null references account (id),
    role       varchar(20) not null check (role in ('DESK', 'THERAPIST', 'LEAD', 'ADMIN')),
    primary key (account_id, role)
);

-- A signed-in browser: the cookie's token is stored only as SHA-256, so that every node can check and end it.
create table login_session (
    token_hash char(64) primary key,
    account_id bigint   not null references account (id),
    started_at timestamp with time zone not null,
    active_at  timestamp with time zone not null,
    ended_at   timestamp with time zone
);
create index login_session_account on login_session (account_id);

-- Failures by account and by address; subject is the SHA-256 of what was tried, so that nothing typed is kept.
create table login_failure (
    subject    char(64) primary key,
    failures   integer  not null,
    failed_at  timestamp with time zone not null
);

create sequence api_token_seq start with 50 increment by 50;
create table api_token (
    id           bigint primary key,
    account_id   bigint       not null references account (id),
    name         varchar(80)  not null,
    token_hash   char(64)     not null unique,
    created_at   timestamp with time zone not null,
    revoked_at   timestamp with time zone
);
create index api_token_account on api_token (account_id);

create table setup_token (
    token_hash char(64) primary key,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    used_at    timestamp with time zone
);

-- The first answer to a POST with an Idempotency-Key, kept for 24 hours.
create table idempotent_answer (
    account_id   bigint       not null references account (id),
    idempotency_key varchar(200) not null,
    request_hash char(64)     not null,
    status       integer,
    headers      varchar(1000),
    body         text,
    created_at   timestamp with time zone not null,
    primary key (account_id, idempotency_key)
);
create index idempotent_answer_age on idempotent_answer (created_at);

create table setting (
    name          varchar(60) primary key,
    setting_value varchar(400) not null
);

-- Append only. The chain lies beside the entries, so that a booking never waits for the sealer.
create sequence audit_entry_seq start with 1 increment by 1;
create table audit_entry (
    id          bigint primary key,
    occurred_at timestamp with time zone not null,
    account_id  bigint,
    action      varchar(40) not null,
    purpose     varchar(60) not null,
    subject     varchar(30) not null,
    subject_ids text        not null,
    patient_ids text        not null,
    result      varchar(20) not null,
    detail      varchar(2000) not null
);
create index audit_entry_time on audit_entry (occurred_at);
create table audit_seal (
    seq       bigint primary key,
    entry_id  bigint   not null unique references audit_entry (id),
    mac       char(64) not null,
    sealed_at timestamp with time zone not null
);
create table audit_chain (
    id       integer primary key,
    last_seq bigint   not null,
    last_mac char(64) not null,
    head_mac char(64) not null
);
insert into audit_chain (id, last_seq, last_mac, head_mac)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', '');
