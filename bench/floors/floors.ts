import { createFloor } from './create.ts'
import type { Floor } from './floor.ts'
import { groupsFloor } from './groups.ts'
import { listFloor } from './list.ts'
import { openFloor } from './open.ts'
import { searchFloor } from './search.ts'

/** All floors that answer over HTTP. */
export const floors: Readonly<Record<string, Floor>> = {
  list: listFloor,
  search: searchFloor,
  open: openFloor,
  create: createFloor,
  groups: groupsFloor,
}
