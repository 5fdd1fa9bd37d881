-- The customer file: profiles (what one source says, never rewritten), customers (sets of profiles with computed golden values),
-- the link between them, and the facts that hang on profiles: orders, payments, returns, contacts.

-- Which import, channel or person brought a row is noted without a foreign key: the rows come in thousands, a check of each costs as
-- much as an index, and neither imports, channels nor users are ever deleted. Nor do a profile's identities and a customer's search
-- entry have one: the statement that writes them writes the profile or the customer as well.

-- A registered source of records.
create table channel (
  id int generated always as identity primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null,
  kind text not null,
  -- 0–100: whose word counts more when sources disagree.
  trust smallint not null default 50 check (trust between 0 and 100),
  -- False while the golden values of some customers are still those of a former trust; the job that computes them again.
  trust_applied boolean not null default true,
  trust_job uuid,
  version int not null default 1,
  created_at timestamptz not null default now()
);

-- Manual cards and edits are a source like any other: the customer's own manual profile.
insert into channel (id, code, name, kind, trust) overriding system value values (1, 'manual', '手工录入', 'manual', 90);
alter table channel alter column id restart with 2;

create table import (
  id uuid primary key,
  kind text not null,
  channel_id int not null references channel,
  file_id uuid not null references stored_file,
  -- How the file is read and which column means what; see the contract's ImportSettings.
  settings jsonb not null,
  job_id uuid references job,
  undo_job_id uuid references job,
  state text not null default 'ready' check (state in ('ready', 'running', 'done', 'cancelled', 'failed', 'undoing', 'undone')),
  -- The last row of the file that is committed, its header and blank rows counted as well: a run that was broken off goes on behind it.
  last_row bigint not null default 0,
  -- Rows of data, by what became of them.
  created int not null default 0,
  updated int not null default 0,
  unchanged int not null default 0,
  failed int not null default 0,
  started_by uuid not null references users,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  undone_at timestamptz
);
create index on import (created_at desc, id desc);
create index on import (job_id);

-- How many lines of each order an import has seen, refused ones too: lines are numbered in the order of the file, across batches and restarts.
create table import_order (
  import_id uuid not null references import on delete cascade,
  number text not null,
  lines int not null,
  primary key (import_id, number)
);

-- The numbers of lines that the file itself has given: none may come twice.
create table import_line (
  import_id uuid not null references import on delete cascade,
  number text not null,
  ordinal int not null,
  row_number bigint not null,
  primary key (import_id, number, ordinal)
);

create table import_failure (
  import_id uuid not null references import on delete cascade,
  row_number bigint not null,
  -- Of a row of an order: which of its lines it is.
  line_number int,
  cells text[] not null,
  problems jsonb not null,
  primary key (import_id, row_number)
);

create table import_mapping (
  id uuid primary key,
  name text not null,
  kind text not null,
  -- The header row that it was made for, to be found again.
  headers text[] not null,
  columns jsonb not null,
  owner_id uuid not null references users,
  created_at timestamptz not null default now(),
  unique (owner_id, kind, name)
);

-- States of the customer list that somebody named, for oneself or for a team.
create table customer_view (
  id uuid primary key,
  name text not null,
  -- Filter, order and columns as the contract has them.
  state jsonb not null,
  owner_id uuid not null references users,
  team_id uuid references team on delete set null,
  created_at timestamptz not null default now(),
  unique (owner_id, name)
);

create table customer (
  id uuid primary key,
  number bigint generated always as identity unique,
  kind text not null check (kind in ('person', 'organization')),
  owner_id uuid references users,
  team_id uuid references team,
  -- False when it has no profile left: merged into another one, or its import was undone.
  live boolean not null default true,
  merged_into uuid references customer,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  profiles int not null default 1,
  -- Golden values, computed from the profiles; where each comes from follows from the same computation.
  name text,
  name_sort text,
  sex text,
  birth_date jsonb,
  -- The day of its calendar, whatever the year: s0229, l0815, l0415r in a leap month (闰). See birthdays.ts for who keeps it when.
  birthday text generated always as (
    left(birth_date ->> 'calendar', 1) || lpad(birth_date ->> 'month', 2, '0') || lpad(birth_date ->> 'day', 2, '0')
      || case birth_date ->> 'leap' when 'true' then 'r' else '' end) stored,
  phone text,
  email text,
  member_number text,
  credit_code text,
  id_number text,
  country text,
  province text,
  city text,
  district text,
  address text,
  employer text,
  job_title text,
  industry text,
  contact_name text,
  member_level text,
  registered_on date,
  tags text[],
  preference text,
  taboo text,
  note text,
  -- Sums over the orders of all profiles, in the reporting currency's minor units; returns deducted.
  orders int not null default 0,
  spent bigint not null default 0,
  first_order_at timestamptz,
  last_order_at timestamptz
);
-- In each order of the list, with what row-level security looks at: rows are counted and passed over by the index alone.
create index customer_newest on customer (created_at desc, id desc) include (owner_id, team_id) where live;
create index customer_last_order on customer (last_order_at desc nulls last, id desc) include (owner_id, team_id) where live;
create index customer_spent on customer (spent desc, id desc) include (owner_id, team_id) where live;
create index customer_name_sort on customer (name_sort, id) include (owner_id, team_id) where live;
-- Two filters in the list's order; and counting by city and level reads this alone: 15 ms for 100,000, 36 ms from the table.
create index customer_city on customer (city, member_level, created_at desc, id desc) include (spent, owner_id, team_id) where live;
create index customer_level on customer (member_level, created_at desc, id desc) where live;
create index customer_owner on customer (owner_id, created_at desc, id desc) where live;
create index customer_team on customer (team_id, created_at desc, id desc) where live;
create index customer_phone on customer (phone) where live;
create index customer_birthday on customer (birthday) where live and birthday is not null;

-- What a person fixed against all sources.
create table customer_lock (
  customer_id uuid not null references customer on delete cascade,
  field text not null,
  value jsonb,
  locked_by uuid references users,
  locked_at timestamptz not null default now(),
  primary key (customer_id, field)
);

create table profile (
  id uuid primary key,
  number bigint generated always as identity unique,
  channel_id int not null,
  kind text not null check (kind in ('person', 'organization')),
  -- The record's number in its source, by which the source's next word finds it.
  source_key text,
  version int not null default 1,
  -- All that the source has said so far; `said` is what its last record alone said, null when that is the same.
  values jsonb not null,
  said jsonb,
  -- {field: {at, by}}: values that a person stands for.
  confirmed jsonb not null default '{}',
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  import_id uuid,
  created_at timestamptz not null default now(),
  created_by_import uuid,
  retracted_at timestamptz
);
create unique index profile_source on profile (channel_id, source_key) where source_key is not null and retracted_at is null;
create index profile_import on profile (import_id) where import_id is not null;
create index profile_created_by_import on profile (created_by_import) where created_by_import is not null;

-- Earlier versions; the newest one is in profile itself.
create table profile_version (
  profile_id uuid not null references profile on delete cascade,
  version int not null,
  values jsonb not null,
  said jsonb,
  recorded_at timestamptz not null,
  recorded_by uuid,
  import_id uuid,
  primary key (profile_id, version)
);
create index on profile_version (import_id) where import_id is not null;

-- The one place that says which customer a profile belongs to.
create table profile_customer (
  profile_id uuid primary key references profile on delete cascade,
  customer_id uuid not null references customer
);
create index on profile_customer (customer_id);

-- Every move of a profile, with the rule and the evidence, so that it can be explained and taken back.
create table link_history (
  id uuid primary key,
  profile_id uuid not null references profile on delete cascade,
  from_customer uuid references customer,
  to_customer uuid references customer,
  rule text not null,
  evidence jsonb not null default '{}',
  by_user uuid references users,
  import_id uuid,
  at timestamptz not null default now(),
  undone_at timestamptz
);
create index on link_history (profile_id, at desc);
create index on link_history (from_customer);
create index on link_history (to_customer);
create index on link_history (import_id) where import_id is not null;

-- namespace: the channel for numbers that only mean something there (external, openid), else 0.
create table identity (
  profile_id uuid not null,
  kind text not null,
  namespace int not null default 0,
  value text not null,
  primary key (kind, value, namespace, profile_id)
);
create index on identity (profile_id);

-- Values that say nothing about who somebody is: a till's placeholder, a shop's own phone.
create table blocked_identity (
  kind text not null,
  value text not null,
  reason text not null,
  primary key (kind, value)
);

insert into blocked_identity (kind, value, reason)
select 'phone', '+86' || phone, 'placeholder'
  from unnest(array['13800138000', '13800000000', '13888888888', '13999999999', '13000000000', '18888888888', '15888888888', '13333333333',
                    '13666666666', '18800000000', '13911111111', '13512345678', '13812345678', '13912345678', '18812345678']) as p(phone);

-- Who carries these identities already ([{kind, value, namespace}]), whatever anybody's scope: at most 20 of each value, and none of a
-- blocked one, which is told instead. Of a value that nobody carries there is no row.
create function identity_holders(wanted json)
returns table (kind text, value text, namespace int, blocked boolean, "profileId" uuid, "customerId" uuid, "customerNumber" bigint,
               "customerKind" text, "customerName" text)
language sql stable as $$
  select w.kind, w.value, w.namespace, b.kind is not null, h.*
    from json_to_recordset(wanted) as w(kind text, value text, namespace int)
    left join blocked_identity b on b.kind = w.kind and b.value = w.value
    left join lateral (
      select i.profile_id, c.id, c.number, c.kind, c.name
        from (select profile_id from identity where kind = w.kind and value = w.value and namespace = w.namespace limit 20) i
        join profile_customer l on l.profile_id = i.profile_id
        join customer c on c.id = l.customer_id) h on b.kind is null
   where b.kind is not null or h.id is not null
$$;

-- The same after everybody who enters one of them at this moment: two who enter the same phone at once must not both be right, so
-- whoever comes second waits for the first one's transaction and then sees its customer. `joins_nobody`: also beside those who hold
-- linking so, see lockLinking().
create function hold_identities(wanted json, joins_nobody boolean) returns setof jsonb language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(key, 0))
     from (select concat_ws(E'\n', kind, namespace, value) as key
             from json_to_recordset(wanted) as w(kind text, value text, namespace int) order by 1) keys;
  if joins_nobody then
    perform pg_advisory_xact_lock_shared(hashtext('zhike.linking'));
  end if;
  -- Each statement in here sees what was committed before it began.
  return query select to_jsonb(h) from identity_holders(wanted) h;
end $$;

-- Pairs that a rule would not join by itself: a person decides.
create table link_candidate (
  id uuid primary key,
  profile_id uuid not null references profile on delete cascade,
  customer_id uuid not null references customer on delete cascade,
  reason text not null,
  evidence jsonb not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'refused')),
  created_at timestamptz not null default now(),
  unique (profile_id, customer_id)
);

-- What search looks through. People reach it only through search_customers(), because row-level security would hide its indexes.
-- grams: 1- and 2-grams of Chinese names, initials, and for those who see only masks '=' + whole phone or mail, '#' + last four
-- digits. latin: pinyin, initials, latin words, code, member number. contact: phones and mails, for those who see them.
-- scope: who looks after the customer, so that an index leaves out what the searcher's row scope does not reach; see search_scope().
create table customer_search (
  customer_id uuid primary key,
  grams text[] not null,
  latin text not null,
  contact text not null,
  scope text[] not null
);
create index customer_search_grams on customer_search using gin (grams, scope);
create index customer_search_latin on customer_search using gin (latin gin_trgm_ops);
create index customer_search_contact on customer_search using gin (contact gin_trgm_ops);

-- What later parts know about a customer (RFM group, class, scores). Fields are registered in the contract's label registry.
create table customer_label (
  customer_id uuid primary key references customer on delete cascade,
  rfm_group text,
  -- Three digits, R F M: 555.
  rfm_cell smallint,
  abc_class text,
  value_level text,
  clv_quadrant text,
  alive real,
  expected_purchases real,
  future_value bigint
);
-- The value alone: equal values share an entry, so each is a seventh of an index with the customer in it, and labels are written in half the time.
create index on customer_label (rfm_group);
create index on customer_label (rfm_cell);
create index on customer_label (abc_class);
create index on customer_label (value_level);
create index on customer_label (clv_quadrant);

create table product (
  id uuid primary key,
  number bigint generated always as identity unique,
  code text not null unique,
  name text not null,
  category text,
  brand text,
  unit text,
  -- In 1/10,000 of the major unit.
  price bigint,
  cost bigint,
  currency char(3) not null,
  version int not null default 1,
  import_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on product (import_id) where import_id is not null;
create table product_version (
  product_id uuid not null references product on delete cascade,
  version int not null,
  values jsonb not null,
  import_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (product_id, version)
);
create index on product_version (import_id) where import_id is not null;

create table orders (
  id uuid primary key,
  key bigint generated always as identity unique,
  channel_id int not null references channel,
  number text not null,
  -- Null = an anonymous order: counted, but nobody's.
  profile_id uuid references profile,
  kind text not null default 'sale' check (kind in ('sale', 'return')),
  status text not null default 'completed' check (status in ('open', 'paid', 'completed', 'cancelled')),
  placed_at timestamptz not null,
  currency char(3) not null,
  -- Minor units of currency, and of the reporting currency at the order day's rate.
  amount bigint not null,
  amount_reporting bigint not null,
  discount bigint not null default 0,
  -- Over lines with positive quantity and price, and with negative quantity (as a positive sum), in the reporting currency.
  sales bigint not null default 0,
  returned bigint not null default 0,
  cost bigint,
  quantity bigint not null default 0,
  lines int not null default 0,
  shop text,
  payment_means text,
  version int not null default 1,
  import_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  retracted_at timestamptz
);
create unique index orders_source on orders (channel_id, number) where retracted_at is null;
create index orders_profile on orders (profile_id, placed_at desc, id desc) where retracted_at is null;
create index orders_newest on orders (placed_at desc, id desc) where retracted_at is null;
create index orders_import on orders (import_id) where import_id is not null;

-- A line is corrected by a new revision; the current one is neither superseded nor retracted.
create table order_line (
  order_id uuid not null references orders on delete cascade,
  ordinal int not null,
  revision int not null default 1,
  product_code text,
  product_name text,
  category text,
  -- In thousandths.
  quantity bigint not null,
  -- In 1/10,000 of the major unit of the order's currency.
  unit_price bigint,
  discount bigint not null default 0,
  amount bigint not null,
  amount_reporting bigint not null,
  cost_reporting bigint,
  import_id uuid,
  superseded_by uuid,
  retracted_at timestamptz,
  primary key (order_id, ordinal, revision)
);
create index order_line_import on order_line (import_id) where import_id is not null;
-- Who bought a product, and its orders.
create index order_line_product on order_line (product_code, order_id) where product_code is not null and superseded_by is null and retracted_at is null;
create index order_line_superseded on order_line (superseded_by) where superseded_by is not null;

-- Orders whose own values (state, shop, who placed them) an import changed: of their lines each says by itself who brought it.
create table import_order_change (
  import_id uuid not null references import on delete cascade,
  order_id uuid not null references orders on delete cascade,
  primary key (import_id, order_id)
);

create table payment (
  id uuid primary key,
  order_id uuid not null references orders on delete cascade,
  paid_at timestamptz not null,
  amount bigint not null,
  currency char(3) not null,
  amount_reporting bigint not null,
  means text,
  reference text,
  import_id uuid,
  created_at timestamptz not null default now(),
  retracted_at timestamptz
);
create index on payment (order_id);
create index payment_import on payment (import_id) where import_id is not null;
create unique index payment_reference on payment (order_id, reference) where reference is not null and retracted_at is null;

create table order_return (
  id uuid primary key,
  key bigint generated always as identity unique,
  order_id uuid not null references orders on delete cascade,
  returned_at timestamptz not null,
  product_code text,
  quantity bigint,
  amount bigint not null,
  currency char(3) not null,
  amount_reporting bigint not null,
  reason text,
  reference text,
  import_id uuid,
  created_at timestamptz not null default now(),
  retracted_at timestamptz
);
create index on order_return (order_id);
create index order_return_import on order_return (import_id) where import_id is not null;
create unique index order_return_reference on order_return (order_id, reference) where reference is not null and retracted_at is null;

create table contact (
  id uuid primary key,
  key bigint generated always as identity unique,
  profile_id uuid not null references profile,
  channel_id int not null references channel,
  happened_at timestamptz not null,
  medium text not null,
  direction text not null check (direction in ('in', 'out')),
  purpose text,
  content text,
  result text,
  next_step text,
  staff text,
  reference text,
  recorded_by uuid,
  import_id uuid,
  created_at timestamptz not null default now(),
  retracted_at timestamptz
);
create index contact_profile on contact (profile_id, happened_at desc, id desc) where retracted_at is null;
create index contact_import on contact (import_id) where import_id is not null;
create unique index contact_reference on contact (channel_id, reference) where reference is not null and retracted_at is null;

-- Exchange rates into the reporting currency: what one unit of `currency` was worth in it from `day` on, until the next rate.
create table exchange_rate (
  currency char(3) not null,
  day date not null,
  rate numeric not null check (rate > 0),
  primary key (currency, day)
);

-- Row scope. The settings are those of the right that the request's route declares.
alter table customer enable row level security;
create policy scope on customer to zhike_app using (
  (select current_setting('zhike.scope', true)) = 'all'
  or owner_id = (select nullif(current_setting('zhike.owner', true), '')::uuid)
  or team_id = any (array(select unnest(nullif(current_setting('zhike.teams', true), '')::uuid[])))
  or (owner_id is null
      and (select current_setting('zhike.pool', true)) = 'on'
      and (team_id is null or team_id = any (array(select unnest(nullif(current_setting('zhike.pool_teams', true), '')::uuid[])))))
);
create policy work on customer to zhike_system using (true);

-- Whether the transaction's row scope reaches a customer, or the customer that a profile belongs to. The same words as the policy
-- above, in functions that the planner takes as they are: policies within policies made one card of a customer a plan of 220 parts.
create function sees_customer(wanted uuid) returns boolean language sql stable security definer set search_path = public as $$
  select exists (
    select 1 from customer c
     where c.id = wanted
       and (current_setting('zhike.scope', true) = 'all'
            or c.owner_id = nullif(current_setting('zhike.owner', true), '')::uuid
            or c.team_id = any (nullif(current_setting('zhike.teams', true), '')::uuid[])
            or (c.owner_id is null and current_setting('zhike.pool', true) = 'on'
                and (c.team_id is null or c.team_id = any (nullif(current_setting('zhike.pool_teams', true), '')::uuid[])))))
$$;
create function sees_profile(wanted uuid) returns boolean language sql stable security definer set search_path = public as $$
  select exists (select 1 from profile_customer l where l.profile_id = wanted and sees_customer(l.customer_id))
$$;

-- What hangs on a customer is seen with it. Labels are read by the thousand, so there the planner may join.
do $$
declare
  t text;
begin
  foreach t in array array['customer_lock', 'profile_customer', 'customer_label'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy with_customer on %I to zhike_app using (
      (select current_setting(''zhike.scope'', true)) = ''all'' or %s)', t,
      case t when 'customer_label' then 'exists (select 1 from customer c where c.id = customer_id)' else 'sees_customer(customer_id)' end);
    execute format('create policy work on %I to zhike_system using (true)', t);
  end loop;
  foreach t in array array['profile_version', 'identity', 'link_history', 'contact'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy with_customer on %I to zhike_app using (
      (select current_setting(''zhike.scope'', true)) = ''all'' or sees_profile(profile_id))', t);
    execute format('create policy work on %I to zhike_system using (true)', t);
  end loop;
end $$;

alter table profile enable row level security;
create policy with_customer on profile to zhike_app using (
  (select current_setting('zhike.scope', true)) = 'all'
  or sees_profile(id));
-- A new profile has no customer yet; it gets one in the same transaction.
create policy add on profile for insert to zhike_app
  with check ((select has_right('customer.create')) or (select has_right('customer.edit')));
create policy work on profile to zhike_system using (true);

alter table link_candidate enable row level security;
create policy with_customer on link_candidate to zhike_app using (
  (select current_setting('zhike.scope', true)) = 'all'
  or (sees_customer(customer_id) and sees_profile(profile_id)));
create policy work on link_candidate to zhike_system using (true);

alter table orders enable row level security;
create policy with_customer on orders to zhike_app using (
  ((select has_right('order.read')) or (select has_right('order.edit')))
  and ((select current_setting('zhike.scope', true)) = 'all'
       or sees_profile(profile_id)));
create policy work on orders to zhike_system using (true);

do $$
declare
  t text;
begin
  foreach t in array array['order_line', 'payment', 'order_return'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy with_order on %I to zhike_app using (
      exists (select 1 from orders o where o.id = order_id))', t);
    execute format('create policy work on %I to zhike_system using (true)', t);
  end loop;
end $$;

-- The words of a placement in customer_search: `o` + owner, or `p` + team in the pool, and `t` + team. The ends of ids suffice: two that
-- end alike let some rows through to the exact condition.
create function search_scope(owner uuid, team uuid) returns text[] language sql immutable parallel safe as $$
  select array_remove(array[case when owner is null then 'p' || coalesce(right(team::text, 8), '') else 'o' || right(owner::text, 8) end,
                            't' || right(team::text, 8)], null)
$$;

-- Search follows whoever hands a customer over. New customers get their words from the statement that makes them.
create function follow_placement() returns trigger language plpgsql as $$
begin
  update customer_search set scope = search_scope(new.owner_id, new.team_id) where customer_id = new.id;
  return null;
end $$;
create trigger follow_placement after update of owner_id, team_id on customer for each row
  when ((old.owner_id, old.team_id) is distinct from (new.owner_id, new.team_id)) execute function follow_placement();

-- Search never goes through the table itself, only through the function below, which applies the actor's scope.
revoke all on customer_search from zhike_app;

-- At most `most` customers within the actor's scope, in no order, who carry every word in one of its ways. `wanted`: [[way, …], …], a way
-- being {grams: [text]} (all of them), {latin: pattern}, {contact: pattern} or {text: part of a name}. Sequential scans are off, because
-- the planner takes a common word for an early end of one and a rare one then reads everything.
create function search_customers(wanted jsonb, most int) returns setof uuid
language plpgsql stable security definer set search_path = public set enable_seqscan = off as $$
declare
  my_id uuid := nullif(current_setting('zhike.owner', true), '')::uuid;
  my_teams uuid[] := coalesce(nullif(current_setting('zhike.teams', true), '')::uuid[], '{}');
  pool_teams uuid[] := coalesce(nullif(current_setting('zhike.pool_teams', true), '')::uuid[], '{}');
  conditions text := '';
  scope_words text[];
  reach real;
begin
  if jsonb_array_length(wanted) = 0 then
    return;
  end if;
  select string_agg('and (' || coalesce(ways.condition, 'false') || ')', ' ') into conditions
    from jsonb_array_elements(wanted) as word(ways)
    cross join lateral (
      select string_agg(case
          when way ? 'grams' then format('s.grams @> %L::text[]', array(select jsonb_array_elements_text(way -> 'grams')))
          when way ? 'latin' then format('s.latin like %L', way ->> 'latin')
          when way ? 'contact' then format('s.contact like %L', way ->> 'contact')
          when way ? 'text' then format('(strpos(c.name, %1$L) > 0 or strpos(c.contact_name, %1$L) > 0)', way ->> 'text')
          else 'false' end, ' or ') as condition
        from jsonb_array_elements(word.ways) as way) as ways;
  if current_setting('zhike.scope', true) is distinct from 'all' then
    scope_words := 'o' || right(my_id::text, 8) || array(select 't' || right(team::text, 8) from unnest(my_teams) as team);
    if current_setting('zhike.pool', true) = 'on' then
      scope_words := scope_words || text 'p' || array(select 'p' || right(team::text, 8) from unnest(pool_teams) as team);
    end if;
    -- The share of all customers that the scope holds, by the statistics. The words of a large one cost more than they leave out: of
    -- 200,000 customers, a common name took 50 ms instead of 317 with them for 6 %, and 53 instead of 23 for 30 %.
    select coalesce(sum(each.share), 0) into reach
      from pg_stats st, unnest(st.most_common_elems::text::text[], st.most_common_elem_freqs) as each(word, share)
     where st.schemaname = 'public' and st.tablename = 'customer_search' and st.attname = 'scope' and each.word = any (scope_words);
    if reach < 0.15 then
      conditions := conditions || format(' and s.scope && %L::text[]', scope_words);
    end if;
    conditions := conditions || format(' and (c.owner_id = %L or c.team_id = any (%L::uuid[])', my_id, my_teams);
    if current_setting('zhike.pool', true) = 'on' then
      conditions := conditions || format(' or (c.owner_id is null and (c.team_id is null or c.team_id = any (%L::uuid[])))', pool_teams);
    end if;
    conditions := conditions || ')';
  end if;
  return query execute format(
    'select c.id from customer_search s join customer c on c.id = s.customer_id where c.live %s limit %s', conditions, most);
end $$;

-- How often the person has looked at personal fields in clear within the last hour. Waits for their other requests that ask the
-- same, so that many at once cannot pass a limit together.
create index audit_clear_view on audit_event (user_id, at) where action = 'customer.view-clear';
create function clear_views_of_hour() returns int
language plpgsql volatile security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('clear views of ' || current_user_id()::text, 0));
  return (select count(*) from audit_event
           where user_id = current_user_id() and action = 'customer.view-clear' and at > now() - interval '1 hour');
end $$;

-- What the audit log says about a customer within the actor's scope, for its history.
create function customer_events(customer uuid, most int)
returns table (at timestamptz, user_id uuid, action text, details jsonb)
language sql stable security definer set search_path = public as $$
  select e.at, e.user_id, e.action, e.details
    from audit_event e
   where e.object = 'customers' and e.object_id = customer::text and e.action <> 'customer.view-clear'
     and exists (
       select 1 from customer c
        where c.id = customer
          and (current_setting('zhike.scope', true) = 'all'
               or c.owner_id = nullif(current_setting('zhike.owner', true), '')::uuid
               or c.team_id = any (nullif(current_setting('zhike.teams', true), '')::uuid[])
               or (c.owner_id is null and current_setting('zhike.pool', true) = 'on'
                   and (c.team_id is null or c.team_id = any (nullif(current_setting('zhike.pool_teams', true), '')::uuid[])))))
   order by e.id desc
   limit most
$$;

-- The current lines of a channel's orders, for the check of an import: it tells how many lines it would replace, of whomever.
create function held_order_lines(wanted_channel text, numbers text[])
returns table (number text, ordinal int, product_code text, product_name text, category text, quantity bigint, unit_price bigint,
               discount bigint, amount bigint)
language sql stable security definer set search_path = public as $$
  select o.number, l.ordinal, l.product_code, l.product_name, l.category, l.quantity, l.unit_price, l.discount, l.amount
    from channel c
    join orders o on o.channel_id = c.id and o.number = any (numbers) and o.retracted_at is null
    join order_line l on l.order_id = o.id and l.superseded_by is null and l.retracted_at is null
   where c.code = wanted_channel and has_right('import.run')
$$;

-- Of whom, and of which orders, rows of imports told for the first time, or changed what was said; of imports that the actor may see.
-- Only for lists whose own rows follow the actor's scope: under the policies of what hangs on them, 100,000 profiles of an import took
-- 4.5 s where this takes 0.6.
create function customers_of_imports(imports uuid[], changed boolean) returns setof uuid
language sql stable security definer set search_path = public as $$
  with seen as (
    select array(select i.id from import i where i.id = any (imports) and (i.started_by = current_user_id() or has_right('import.manage'))) as ids)
  select l.customer_id
    from (select p.id from profile p where not changed and p.created_by_import = any ((select ids from seen)::uuid[])
          union all
          select t.profile_id from contact t where not changed and t.import_id = any ((select ids from seen)::uuid[]) and t.retracted_at is null
          union all
          select p.id from profile p where changed and p.import_id = any ((select ids from seen)::uuid[]) and p.version > 1
          union all
          select v.profile_id from profile_version v where changed and v.import_id = any ((select ids from seen)::uuid[]) and v.version > 1) told
    join profile_customer l on l.profile_id = told.id
$$;
create function orders_of_imports(imports uuid[], changed boolean) returns setof uuid
language sql stable security definer set search_path = public as $$
  with seen as (
    select array(select i.id from import i where i.id = any (imports) and (i.started_by = current_user_id() or has_right('import.manage'))) as ids)
  select i.order_id from order_line i
   where i.import_id = any ((select ids from seen)::uuid[]) and i.retracted_at is null and (i.revision > 1) = changed
  union all
  select p.order_id from payment p where not changed and p.import_id = any ((select ids from seen)::uuid[]) and p.retracted_at is null
  union all
  select r.order_id from order_return r where not changed and r.import_id = any ((select ids from seen)::uuid[]) and r.retracted_at is null
  union all
  select h.order_id from import_order_change h where changed and h.import_id = any ((select ids from seen)::uuid[])
$$;

alter table import enable row level security;
create policy own on import to zhike_app using (started_by = (select current_user_id()) or (select has_right('import.manage')));
create policy work on import to zhike_system using (true);
alter table import_order enable row level security;
create policy work on import_order to zhike_system using (true);
alter table import_line enable row level security;
create policy work on import_line to zhike_system using (true);
alter table import_order_change enable row level security;
create policy work on import_order_change to zhike_system using (true);
alter table import_failure enable row level security;
create policy with_import on import_failure to zhike_app using (exists (select 1 from import i where i.id = import_id));
create policy work on import_failure to zhike_system using (true);
alter table import_mapping enable row level security;
alter table customer_view enable row level security;
create policy own on customer_view to zhike_app using (owner_id = (select current_user_id()));
create policy shared on customer_view for select to zhike_app using (
  team_id in (select m.team_id from team_member m where m.user_id = (select current_user_id())));
create policy work on customer_view to zhike_system using (true);
create policy own on import_mapping to zhike_app using (owner_id = (select current_user_id()));
create policy work on import_mapping to zhike_system using (true);

do $$
declare
  t text;
begin
  foreach t in array array['channel', 'product', 'product_version', 'blocked_identity', 'exchange_rate'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy read on %I for select to zhike_app using (true)', t);
    execute format('create policy work on %I to zhike_system using (true)', t);
  end loop;
end $$;
create policy write on product to zhike_app using ((select has_right('product.edit')));
create policy write on product_version to zhike_app using ((select has_right('product.edit')));
create policy write on channel to zhike_app using ((select has_right('settings.manage')) or (select has_right('import.run')));
create policy write on exchange_rate to zhike_app using ((select has_right('settings.manage')));
create policy write on blocked_identity to zhike_app using ((select has_right('settings.manage')));
