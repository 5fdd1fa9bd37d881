-- Proofs of who somebody is: passwords, sessions, second factors, links that an administrator hands over. Tables that begin
-- with auth_ and hold a proof are for the system's role alone; nothing in them can be used as it stands: passwords are
-- argon2id, tokens and links SHA-256, second factors encrypted under the installation's secret.

alter table users
  -- Null until an invited person has chosen a password.
  add column joined_at timestamptz default now(),
  add column last_sign_in_at timestamptz,
  add column version int not null default 1;
alter table team add column version int not null default 1;
alter table company add column version int not null default 1;

create table auth_account (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- 'credential' for a password; the name of an identity provider otherwise.
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index on auth_account (user_id);

create table auth_session (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- SHA-256 of the token in the cookie.
  token text not null unique,
  ip_address text,
  user_agent text,
  -- The absolute end; a session also ends when it was not used for a while.
  expires_at timestamptz not null,
  last_used_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on auth_session (user_id, created_at desc);
create index on auth_session (expires_at);

create table auth_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on auth_verification (identifier);
create index on auth_verification (expires_at);

create table auth_two_factor (
  id uuid primary key,
  user_id uuid not null unique references users on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count int not null default 0,
  locked_until timestamptz
);

-- Codes that have been accepted, kept while they would still be in their window.
create table auth_used_code (
  user_id uuid not null references users on delete cascade,
  code text not null,
  used_at timestamptz not null default now(),
  primary key (user_id, code)
);

-- Addresses from which somebody has signed in: guesses from elsewhere cannot use up the budget of these.
create table auth_known_address (
  user_id uuid not null references users on delete cascade,
  address text not null,
  last_used_at timestamptz not null default now(),
  primary key (user_id, address)
);

-- Guesses in the current hour; the columns are those of rate-limiter-flexible.
create table auth_throttle (
  key varchar(255) primary key,
  points int not null default 0,
  expire bigint
);
create index on auth_throttle (expire);

-- A link that lets somebody choose a password, once.
create table auth_link (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  kind text not null check (kind in ('invitation', 'reset')),
  hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_by uuid references users,
  created_at timestamptz not null default now()
);
create index on auth_link (user_id);

do $$
declare
  t text;
begin
  foreach t in array array['auth_account', 'auth_session', 'auth_verification', 'auth_two_factor', 'auth_used_code',
                           'auth_known_address', 'auth_throttle', 'auth_link'] loop
    execute format('revoke all on %I from zhike_app', t);
    execute format('alter table %I enable row level security', t);
    execute format('create policy work on %I to zhike_system using (true)', t);
  end loop;
end $$;

-- Use of a key or session is no change of rights: only what takes something away, or could, is told.
drop trigger notify_principal on api_key;
create trigger notify_principal_change after update on api_key for each row
  when ((old.revoked_at, old.expires_at, old.rights) is distinct from (new.revoked_at, new.expires_at, new.rights))
  execute function notify_principal();
create trigger notify_principal_delete after delete on api_key for each row execute function notify_principal();
create trigger notify_principal after delete on auth_session for each row execute function notify_principal();
