-- origin_id: the first part of what was one series before it was split; null: it was never split off. A closed group that was split
-- has begun when any of its parts has.
alter table series add column origin_id bigint references series (id);
update series set origin_id = parent_id where parent_id is not null;
-- From the parent on to the first part: each round doubles the way.
update series set origin_id = (select o.origin_id from series o where o.id = series.origin_id)
    where origin_id in (select p.id from series p where p.origin_id is not null);
update series set origin_id = (select o.origin_id from series o where o.id = series.origin_id)
    where origin_id in (select p.id from series p where p.origin_id is not null);
update series set origin_id = (select o.origin_id from series o where o.id = series.origin_id)
    where origin_id in (select p.id from series p where p.origin_id is not null);
update series set origin_id = (select o.origin_id from series o where o.id = series.origin_id)
    where origin_id in (select p.id from series p where p.origin_id is not null);
update series set origin_id = (select o.origin_id from series o where o.id = series.origin_id)
    where origin_id in (select p.id from series p where p.origin_id is not null);
create index series_origin on series (origin_id);
create index series_parent on series (parent_id);
