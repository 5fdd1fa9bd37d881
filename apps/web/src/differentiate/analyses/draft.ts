import type { Analysis, AnalysisDefinition, AnalysisDraft, AnalysisMethod } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import { cronOf, type Schedule, scheduleOf } from './cron.ts'

/** What is typed into the editor of a definition: figures as text, money in major units. */
export interface TypedDefinition {
  name: string
  windowMonths: string
  returns: 'deduct' | 'ignore'
  /** Codes; none = all. */
  channels: string[]
  schedule: Schedule
  writesLabels: boolean
  scoring: 'quantile' | 'cut-offs'
  recencyDays: string[]
  frequency: string[]
  monetary: string[]
  a: string
  b: string
  pyramid: string[]
  value: 'margin' | 'revenue'
  horizonMonths: string
  /** Percent a month. */
  discountRate: string
  calibrationEnd: string
}

/** Four cut-offs as figures, in minor units where they are money. */
export interface CutOffs {
  recencyDays: readonly number[]
  frequency: readonly number[]
  monetary: readonly number[]
}

const none = ['', '', '', '']

/**
 * The editor's content for an analysis, or for a new one of a method.
 * @param found the cut-offs of the last run: where one's own begin
 * @param scale minor units in a major one
 */
export function typedOf(
  method: AnalysisMethod,
  name: string,
  analysis: Analysis | undefined,
  found: CutOffs | undefined,
  scale: number,
): TypedDefinition {
  const definition = analysis?.definition
  const rfm = definition?.method === 'rfm' && definition.scoring.by === 'cut-offs' ? definition.scoring : found
  const abc = definition?.method === 'abc' ? definition : { a: 80, b: 95, pyramid: [1, 4, 15] }
  const clv =
    definition?.method === 'clv'
      ? definition
      : { value: 'margin' as const, horizonMonths: 12, discountRate: 0.01, calibrationEnd: undefined }
  const texts = (values: readonly number[] | undefined) => (values?.length === 4 ? values.map(String) : none)
  return {
    name: analysis?.name ?? name,
    windowMonths: String(definition?.basis.windowMonths ?? ''),
    returns: definition?.basis.returns ?? (method === 'clv' ? 'ignore' : 'deduct'),
    channels: [...(definition?.basis.channels ?? [])],
    schedule: scheduleOf(analysis?.schedule ?? null),
    writesLabels: analysis?.writesLabels ?? true,
    scoring: definition?.method === 'rfm' ? definition.scoring.by : 'quantile',
    // Recency falls as the score rises: the scores 2, 3, 4, 5 begin at fewer and fewer days; the contract wants them rising.
    recencyDays: texts(rfm?.recencyDays.toSorted((x, y) => x - y)),
    frequency: texts(rfm?.frequency),
    monetary: texts(rfm?.monetary.map((value) => value / scale)),
    a: String(abc.a),
    b: String(abc.b),
    pyramid: abc.pyramid.map(String),
    value: clv.value,
    horizonMonths: String(clv.horizonMonths),
    discountRate: String(Number((clv.discountRate * 100).toFixed(6))),
    calibrationEnd: clv.calibrationEnd ?? '',
  }
}

type Draft = z.input<typeof AnalysisDraft>

/** Text that is no figure stays text: the contract then says what is wrong with it, and where. */
const figure = (text: string, factor = 1): number =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number((Number(text) * factor).toPrecision(12)) : (text as unknown as number)

/** What the server is sent. */
export function draftOf(method: AnalysisMethod, typed: TypedDefinition, scale: number): Draft {
  return {
    name: typed.name,
    schedule: cronOf(typed.schedule),
    writesLabels: typed.writesLabels,
    definition: definitionOf(method, typed, scale),
  }
}

function definitionOf(method: AnalysisMethod, typed: TypedDefinition, scale: number): Draft['definition'] {
  const basis = {
    returns: typed.returns,
    ...(typed.windowMonths.trim() === '' ? {} : { windowMonths: figure(typed.windowMonths) }),
    ...(typed.channels.length > 0 ? { channels: typed.channels } : {}),
  }
  const figures = (texts: readonly string[], factor = 1) => texts.map((text) => figure(text, factor))
  switch (method) {
    case 'rfm':
      return {
        method,
        basis,
        scoring:
          typed.scoring === 'quantile'
            ? { by: 'quantile' }
            : {
                by: 'cut-offs',
                recencyDays: figures(typed.recencyDays),
                frequency: figures(typed.frequency),
                monetary: figures(typed.monetary, scale),
              },
      }
    case 'abc':
      return { method, basis, a: figure(typed.a), b: figure(typed.b), pyramid: figures(typed.pyramid) as [number, number, number] }
    case 'clv':
      return {
        method,
        basis,
        value: typed.value,
        horizonMonths: figure(typed.horizonMonths),
        discountRate: figure(typed.discountRate, 0.01),
        ...(typed.calibrationEnd === '' ? {} : { calibrationEnd: typed.calibrationEnd }),
      }
  }
}

/** The draft that leaves everything of an analysis as it is but its definition. */
export const withDefinition = ({ name, schedule, writesLabels }: Analysis, definition: AnalysisDefinition): Draft => ({
  name,
  schedule,
  writesLabels,
  definition,
})
