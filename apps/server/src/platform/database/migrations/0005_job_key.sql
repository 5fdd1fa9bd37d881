-- The key that started a job: when it is revoked, the job ends, for it was not the person who wanted it.
alter table job add column api_key_id uuid references api_key;
