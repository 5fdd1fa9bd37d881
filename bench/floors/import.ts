/** A file's rows straight into one table with five indexes. */
export const importFloorSchema = `
drop table if exists floor_import;
create table floor_import (
  id bigint generated always as identity primary key, name text, sex text, phone text, email text, province text, city text, level text,
  member_number text, registered_on date);
create index on floor_import (phone);
create index on floor_import (city, level);
create index on floor_import (member_number);
create index on floor_import using gin (name gin_trgm_ops)`

export const importFloorCopy =
  'copy floor_import (name, sex, phone, email, province, city, level, member_number, registered_on) from stdin (format csv, header true)'
