import { freshen } from '../../platform/warehouse/dictionaries.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { profileCustomer } from './customer-facts.ts'

/** Makes `customerOf` answer by the links that are in the warehouse now. Call it before every statement that uses it. */
export const freshenLinks = (client: WarehouseClient): Promise<boolean> => freshen(client, profileCustomer)
