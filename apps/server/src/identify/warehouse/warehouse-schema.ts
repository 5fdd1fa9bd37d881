import type { Dictionary, FactSource } from '../../platform/warehouse/tables.ts'
import { contactFacts } from './contact-facts.ts'
import { customerDimension, customerLinks, profileCustomer } from './customer-facts.ts'
import { orderFacts } from './order-facts.ts'

/** What the customer file contributes to the warehouse. */
export const customerFile: { sources: readonly FactSource[]; dictionaries: readonly Dictionary[] } = {
  sources: [customerLinks, customerDimension, orderFacts, contactFacts],
  dictionaries: [profileCustomer],
}
