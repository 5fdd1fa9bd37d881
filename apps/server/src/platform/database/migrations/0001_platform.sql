-- The company, its people and what they may do; the log of changes; jobs; files.
--
-- Roles (made by the migration runner, because they belong to the cluster): the owner migrates; zhike_app serves people and
-- sees only what the settings of its transaction allow; zhike_system serves linking, sync and scheduled work.

create extension if not exists pg_trgm;

grant usage on schema public to zhike_app, zhike_system;
alter default privileges in schema public grant select, insert, update, delete on tables to zhike_app, zhike_system;
alter default privileges in schema public grant usage, select on sequences to zhike_app, zhike_system;

-- What a transaction acts for, as set by actorTransaction(). Wrapped in (select …) where used, so that it is read once.
create function current_user_id() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('zhike.user_id', true), '')::uuid $$;
create function has_right(wanted text) returns boolean language sql stable parallel safe as
  $$ select wanted = any (string_to_array(current_setting('zhike.rights', true), ',')) $$;

create table company (
  only_one boolean primary key default true check (only_one),
  name text not null,
  time_zone text not null,
  currency char(3) not null,
  locale text not null default 'zh' check (locale in ('zh', 'en')),
  -- Share of a sale's amount that remains after the cost of goods, where a product has no cost of its own. CLV is about margin.
  margin real not null default 0.3 check (margin > 0 and margin <= 1),
  generated boolean not null default false,
  created_at timestamptz not null default now()
);

create table users (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  locale text not null default 'zh' check (locale in ('zh', 'en')),
  two_factor_enabled boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table team (
  id uuid primary key,
  parent_id uuid references team,
  name text not null,
  created_at timestamptz not null default now(),
  unique nulls not distinct (parent_id, name)
);

-- Every team with every team at or above it, so that "team and below" is one look-up.
create table team_closure (
  ancestor_id uuid not null references team on delete cascade,
  descendant_id uuid not null references team on delete cascade,
  depth int not null,
  primary key (ancestor_id, descendant_id)
);

create table team_member (
  user_id uuid not null references users on delete cascade,
  team_id uuid not null references team on delete cascade,
  primary key (user_id, team_id)
);

create table role (
  id uuid primary key,
  code text unique,
  name text not null unique,
  -- [{right, scope, pool}], see the contract's Grant.
  grants jsonb not null,
  personal text not null default 'masked' check (personal in ('hidden', 'masked', 'clear')),
  sensitive text not null default 'hidden' check (sensitive in ('hidden', 'masked', 'clear')),
  built_in boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now()
);

create table user_role (
  user_id uuid not null references users on delete cascade,
  role_id uuid not null references role on delete restrict,
  primary key (user_id, role_id)
);

create table api_key (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null,
  -- SHA-256 of the key; the key itself is shown once and kept nowhere.
  hash bytea not null unique,
  hint text not null,
  -- The rights it is limited to; never more than its owner's current ones. Null = all of its owner's.
  rights text[],
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  check (expires_at <= created_at + interval '366 days')
);
create index on api_key (user_id);

-- Whoever holds rights in memory drops them when any of this changes.
create function notify_principal() returns trigger language plpgsql as $$
declare
  changed uuid;
begin
  if tg_table_name in ('team', 'team_closure', 'role') then
    perform pg_notify('principal_changed', 'all');
  else
    if tg_table_name = 'users' then
      changed := case when tg_op = 'DELETE' then old.id else new.id end;
    else
      changed := case when tg_op = 'DELETE' then old.user_id else new.user_id end;
    end if;
    perform pg_notify('principal_changed', changed::text);
  end if;
  return null;
end $$;
create trigger notify_principal after update or delete on users for each row execute function notify_principal();
create trigger notify_principal after insert or update or delete on team_member for each row execute function notify_principal();
create trigger notify_principal after insert or update or delete on user_role for each row execute function notify_principal();
create trigger notify_principal after update or delete on api_key for each row
  execute function notify_principal();
create trigger notify_principal after update or delete on team for each row execute function notify_principal();
create trigger notify_principal after insert or delete on team_closure for each statement execute function notify_principal();
create trigger notify_principal after update or delete on role for each row execute function notify_principal();

-- Who did what to which record, written by the transaction that did it. Rows are only ever added.
create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  user_id uuid default current_user_id(),
  -- session, api-key, job, system
  via text not null default coalesce(nullif(current_setting('zhike.via', true), ''), 'system'),
  request_id text default nullif(current_setting('zhike.request_id', true), ''),
  action text not null,
  object text,
  object_id text,
  details jsonb not null default '{}'
);
create index on audit_event (at desc, id desc);
create index on audit_event (object, object_id, id desc);
create index on audit_event (user_id, id desc);
revoke update, delete on audit_event from zhike_app, zhike_system;
alter table audit_event enable row level security;
create policy add on audit_event for insert to zhike_app, zhike_system with check (true);
create policy read on audit_event for select to zhike_app using ((select has_right('audit.read')));
create policy read_all on audit_event for select to zhike_system using (true);

-- What happened, in the order of commits: a reader takes rows whose transaction is older than every running one.
create table outbox (
  position bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  type text not null,
  payload jsonb not null
) partition by range (at);
-- Takes what no daily partition does: nothing, as long as they are made ahead.
create table outbox_default partition of outbox default;
create index on outbox (xid, position);
-- Whoever serves people adds events and reads none: they name records of everybody.
revoke select, update, delete on outbox from zhike_app;
revoke all on outbox_default from zhike_app;

-- Daily partitions (UTC) from today on. A day of which rows lie in the default partition already stays there.
create function make_outbox_partitions(days int default 7) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  day date;
  name text;
  made int := 0;
begin
  for n in 0..days loop
    day := (now() at time zone 'UTC')::date + n;
    name := 'outbox_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass(name) is not null;
    continue when exists (select 1 from outbox_default where at >= day::timestamp at time zone 'UTC' and at < (day + 1)::timestamp at time zone 'UTC');
    execute format('create table %I partition of outbox for values from (%L) to (%L)', name,
                   day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    execute format('revoke all on %I from zhike_app', name);
    made := made + 1;
  end loop;
  return made;
end $$;

-- Drops the daily partitions before yesterday that every reader is behind; one in use is left for the next time. Without a
-- reader nothing is dropped: the first one begins with the oldest event.
create function drop_outbox_partitions() returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  name text;
  slowest_xid xid8;
  slowest_position bigint;
  waiting boolean;
  dropped int := 0;
begin
  select xid, position into slowest_xid, slowest_position from outbox_cursor order by xid, position limit 1;
  if slowest_xid is null then
    return 0;
  end if;
  perform set_config('lock_timeout', '500ms', true);
  for name in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'outbox'::regclass and c.relname ~ '^outbox_\d{8}$'
       and c.relname < 'outbox_' || to_char((now() at time zone 'UTC')::date - 1, 'YYYYMMDD')
  loop
    begin
      -- Whoever still writes into it holds a lock that ours waits for; after that nobody can.
      execute format('lock table %I in access exclusive mode', name);
      execute format('select exists (select 1 from %I where (xid, position) > ($1, $2))', name) into waiting using slowest_xid, slowest_position;
      if not waiting then
        execute format('drop table %I', name);
        dropped := dropped + 1;
      end if;
    exception when lock_not_available then
      null;
    end;
  end loop;
  return dropped;
end $$;
revoke all on function make_outbox_partitions(int), drop_outbox_partitions() from public;
grant execute on function make_outbox_partitions(int), drop_outbox_partitions() to zhike_system;
select make_outbox_partitions();

create table outbox_cursor (
  reader text primary key,
  xid xid8 not null,
  position bigint not null,
  -- A batch that was begun and perhaps delivered: repeated with the same bounds and the same token after a crash.
  pending_xid xid8,
  pending_position bigint,
  updated_at timestamptz not null default now()
);
revoke all on outbox_cursor from zhike_app;

create table idempotency_key (
  user_id uuid not null,
  key text not null,
  fingerprint bytea not null,
  status int,
  -- Sealed with the installation's secret: it may hold what is shown once, and personal data.
  reply bytea,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index on idempotency_key (created_at);
alter table idempotency_key enable row level security;
create policy own on idempotency_key to zhike_app using (user_id = (select current_user_id()));
create policy housekeeping on idempotency_key to zhike_system using (true);

-- The tables of the queue (pg-boss) are its own: it makes and upgrades them as zhike_system. Whoever starts a job adds to them.
create schema pgboss;
grant usage, create on schema pgboss to zhike_system;
grant usage on schema pgboss to zhike_app;

-- A long piece of work, as its person sees it: this is the truth, the queue only delivers it to a worker.
create table job (
  id uuid primary key,
  kind text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  input jsonb not null,
  stage text,
  done bigint not null default 0,
  total bigint,
  -- Starts so far. A worker whose attempt is not this one any more has lost the job and can write nothing of it.
  attempt int not null default 0,
  -- Attempts that ended with an unexpected error, and workers that died at it since it last got on.
  failures int not null default 0,
  crashes int not null default 0,
  -- The queue's entry that may start it, and the worker that has it.
  queue_id uuid,
  worker_id uuid,
  result jsonb,
  problem jsonb,
  started_by uuid references users,
  -- Null: all that the person has. Else no more than these, as the API key that started it.
  rights text[],
  cancel_requested_at timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  seen_at timestamptz
);
create index on job (started_by, id desc);
create index on job (kind, id desc);
create index on job (state) where state in ('waiting', 'running');
alter table job enable row level security;
create policy own on job to zhike_app using (started_by = (select current_user_id()) or (select has_right('job.manage')));
create policy work on job to zhike_system using (true);

-- Work that starts by itself, by the company's clock. The scheduler copies it to the queue's own schedule.
create table job_schedule (
  name text primary key,
  cron text not null,
  kind text not null,
  input jsonb not null,
  started_by uuid references users,
  updated_at timestamptz not null default now()
);
alter table job_schedule enable row level security;
create policy own on job_schedule to zhike_app using (started_by = (select current_user_id()) or (select has_right('job.manage')));
create policy work on job_schedule to zhike_system using (true);

create table stored_file (
  id uuid primary key,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  owner_id uuid not null references users,
  created_at timestamptz not null default now()
);
alter table stored_file enable row level security;
create policy own on stored_file to zhike_app using (owner_id = (select current_user_id()) or (select has_right('import.manage')));
create policy work on stored_file to zhike_system using (true);

-- Users, teams and roles are read by everybody who is signed in (a name beside a record) and written by those who manage them.
alter table company enable row level security;
create policy read on company for select to zhike_app using (true);
create policy write on company to zhike_app using ((select has_right('settings.manage')));
create policy work on company to zhike_system using (true);

do $$
declare
  t text;
begin
  foreach t in array array['users', 'team', 'team_closure', 'team_member', 'role', 'user_role'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy read on %I for select to zhike_app using (true)', t);
    execute format('create policy write on %I to zhike_app using ((select has_right(''user.manage'')))', t);
    execute format('create policy work on %I to zhike_system using (true)', t);
  end loop;
end $$;
alter table api_key enable row level security;
create policy own on api_key to zhike_app
  using (user_id = (select current_user_id()) or (select has_right('user.manage')));
create policy work on api_key to zhike_system using (true);
