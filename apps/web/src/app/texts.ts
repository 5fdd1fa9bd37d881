import { texts as abc } from '../differentiate/abc/texts.ts'
import { texts as analyses } from '../differentiate/analyses/texts.ts'
import { texts as clv } from '../differentiate/clv/texts.ts'
import { texts as labels } from '../differentiate/label-texts.ts'
import { texts as rfm } from '../differentiate/rfm/texts.ts'
import { texts as home } from '../home/texts.ts'
import { texts as importFields } from '../identify/collection/field-texts.ts'
import { texts as importChips } from '../identify/collection/import-chip-texts.ts'
import { texts as imports } from '../identify/collection/texts.ts'
import { texts as customerCard } from '../identify/customers/card-texts.ts'
import { texts as profileFields } from '../identify/customers/field-texts.ts'
import { texts as customerList } from '../identify/customers/list-texts.ts'
import { texts as customers } from '../identify/customers/texts.ts'
import { texts as orders } from '../identify/orders/texts.ts'
import { texts as products } from '../identify/products/texts.ts'
import { texts as account } from '../platform/account/texts.ts'
import { texts as apiKeys } from '../platform/api-keys/texts.ts'
import { texts as audit } from '../platform/audit/texts.ts'
import { texts as jobs } from '../platform/jobs/texts.ts'
import { texts as people } from '../platform/people/texts.ts'
import { texts as rights } from '../platform/rights-texts.ts'
import { texts as settings } from '../platform/settings/texts.ts'
import { texts as signIn } from '../platform/sign-in/texts.ts'
import { texts as system } from '../platform/system/texts.ts'
import { texts as ui } from '../ui/texts.ts'
import { texts as glossary } from './glossary/texts.ts'
import { texts as shell } from './shell-texts.ts'

/**
 * Every text of the web app, by key, in both languages: for types and for tests. The app itself takes only the type: an area's
 * texts come with its pages, which import their own `texts.ts`.
 */
export const texts = {
  ...ui,
  ...shell,
  ...home,
  ...rights,
  ...glossary,
  ...signIn,
  ...account,
  ...jobs,
  ...profileFields,
  ...customers,
  ...customerCard,
  ...customerList,
  ...importFields,
  ...imports,
  ...importChips,
  ...products,
  ...orders,
  ...labels,
  ...analyses,
  ...rfm,
  ...abc,
  ...clv,
  ...rights,
  ...people,
  ...apiKeys,
  ...audit,
  ...settings,
  ...system,
}

export type TextKey = keyof typeof texts & string
