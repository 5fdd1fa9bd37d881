import type { Channel } from '@zhike/contract/identify/catalog.ts'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import { requiredFields } from './field-texts.ts'
import type { Inspection } from './import-queries.ts'

/** How somebody means to import a file: what we found, corrected by them. */
export interface Plan {
  settings: ImportSettings
  /** Code of a channel, or undefined until one is chosen. */
  channel: string | undefined
  /** Name of a channel to be made. */
  newChannel: string | undefined
  /** Columns that somebody has decided on. */
  decided: readonly number[]
}

export type Source = Pick<Plan, 'channel' | 'newChannel'>

export function planOf(inspection: Inspection, { channel, newChannel }: Source, sheet?: string): Plan {
  const { kind, columns, dateFormat } = inspection
  return {
    settings: {
      kind,
      columns: columns.map(({ index, header, field }) => ({ index, header, field })),
      ...(dateFormat ? { dateFormat } : {}),
      ...(sheet ? { sheet } : {}),
    },
    channel,
    newChannel,
    decided: [],
  }
}

/** Where a file most likely comes from: the only channel there is, a new one of its name when there is none; of several one has to choose. */
export function sourceOf(fileName: string, channels: readonly Pick<Channel, 'code' | 'kind'>[]): Source {
  const sources = fileSources(channels)
  if (sources.length > 1) return { channel: undefined, newChannel: undefined }
  const name = fileName.replace(/\.[^.]*$/, '').trim()
  return sources[0] ? { channel: sources[0].code, newChannel: undefined } : { channel: undefined, newChannel: name.slice(0, 80) }
}

/** The channels that files can come from: not what people enter by hand. */
export const fileSources = <C extends Pick<Channel, 'kind'>>(channels: readonly C[]): C[] =>
  channels.filter(({ kind }) => kind !== 'manual')

export function mapColumn(plan: Plan, index: number, field: string | null): Plan {
  const columns = plan.settings.columns.map((column) => (column.index === index ? { ...column, field } : column))
  return { ...plan, settings: { ...plan.settings, columns }, decided: [...new Set([...plan.decided, index])] }
}

/** What stands against a mapping: fields given twice, and required ones that no column becomes. */
export function mappingGaps(kind: ImportKind, columns: ImportSettings['columns']): { twice: string[]; missing: string[] } {
  const fields = columns.flatMap(({ field }) => (field === null ? [] : [field]))
  return {
    twice: [...new Set(fields.filter((field, at) => fields.indexOf(field) !== at))],
    missing: requiredFields(kind).filter((field) => !fields.includes(field)),
  }
}

/** A code for a new channel, which has to be in small Latin letters: from its name where that is possible. */
export function channelCode(name: string, now: Date): string {
  const latin = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
  return latin.length >= 2 ? latin : `channel-${now.getTime().toString(36)}`
}
