alter table run add column ordinal integer not null default 0; -- the how-manieth of its project, as its given name says

with numbered as (select id, row_number() over (partition by project_id order by created_at, id) as ordinal from run)
update run set ordinal = numbered.ordinal from numbered where numbered.id = run.id;

-- Where the next one is found without counting them all.
create index run_project_ordinal on run (project_id, ordinal);
