import type { Figure } from '../figure.ts'
import { clv } from './clv.ts'
import { coldStart } from './cold-start.ts'
import { create } from './create.ts'
import { customersByCity } from './customers-by-city.ts'
import { home1m } from './home.ts'
import { importCustomers } from './import-customers.ts'
import { list1m, list100k } from './list.ts'
import { memoryLoaded } from './memory.ts'
import { openCustomer } from './open-customer.ts'
import { rfmAbc } from './rfm-abc.ts'
import { sales10m, sales500k } from './sales-by-month.ts'
import { search1m, search100k } from './search.ts'
import { sync } from './sync.ts'
import { webFirstLoad, webKey, webPageToPage, webScroll1m } from './web.ts'

/** In the order in which they run: those of a tenth of the customers first, what adds to the data after what reads. */
export const figures: readonly Figure[] = [
  coldStart,
  list100k,
  search100k,
  webFirstLoad,
  webKey,
  webPageToPage,
  customersByCity,
  sales500k,
  create,
  importCustomers,
  list1m,
  search1m,
  openCustomer,
  webScroll1m,
  home1m,
  sales10m,
  rfmAbc,
  clv,
  sync,
  memoryLoaded,
]
