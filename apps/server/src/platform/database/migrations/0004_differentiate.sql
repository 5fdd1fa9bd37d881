-- Stored analyses and their results. A result's rows are in the warehouse under the run's number; here is what it was made
-- from, and its summary.

create table analysis (
  id uuid primary key,
  -- Of the analyses that every company begins with: their names are texts, in the language of whoever looks.
  code text unique,
  name text not null unique,
  method text not null check (method in ('rfm', 'abc', 'clv')),
  definition jsonb not null,
  -- Cron in the company's time zone; null = on demand.
  schedule text,
  writes_labels boolean not null default false,
  version int not null default 1,
  last_run_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- A customer has one RFM group, one class, one quadrant: one analysis of each method says which.
create unique index analysis_labels on analysis (method) where writes_labels;

create table analysis_run (
  id uuid primary key,
  -- Its key in the warehouse.
  number bigint generated always as identity unique,
  analysis_id uuid not null references analysis on delete cascade,
  method text not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'cancelled')),
  as_of date not null,
  -- As they were when it started.
  definition jsonb not null,
  definition_version int not null,
  customers int,
  summary jsonb,
  -- Milliseconds by step: read, fit, score, write, labels.
  timings jsonb,
  milliseconds int,
  job_id uuid unique references job,
  -- Somebody compared it with another one: kept when older than the rest.
  compared_at timestamptz,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index on analysis_run (analysis_id, id desc);

alter table analysis add foreign key (last_run_id) references analysis_run on delete set null;

insert into analysis (id, code, name, method, definition, writes_labels) values
  ('01900000-0000-7000-8000-000000000001', 'rfm', 'rfm', 'rfm',
   '{"method": "rfm", "basis": {"returns": "deduct"}, "scoring": {"by": "quantile"}}', true),
  ('01900000-0000-7000-8000-000000000002', 'abc', 'abc', 'abc',
   '{"method": "abc", "basis": {"returns": "deduct"}, "a": 80, "b": 95, "pyramid": [1, 4, 15]}', true),
  ('01900000-0000-7000-8000-000000000003', 'clv', 'clv', 'clv',
   '{"method": "clv", "basis": {"returns": "ignore"}, "value": "margin", "horizonMonths": 12, "discountRate": 0.01}', true);

do $$
declare
  t text;
begin
  foreach t in array array['analysis', 'analysis_run'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy read on %I for select to zhike_app using ((select has_right(''analysis.read'')))', t);
    execute format('create policy write on %I to zhike_app using ((select has_right(''analysis.run'')))', t);
    execute format('create policy work on %I to zhike_system using (true)', t);
  end loop;
end $$;
-- Whoever may look may also keep what they compare.
create policy keep on analysis_run for update to zhike_app using ((select has_right('analysis.read')));
