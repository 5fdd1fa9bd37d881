import { z } from 'zod'

/** What the analytics library says of its fits, as far as it is told here. */
const figures = z.record(z.string(), z.number())
const Fit = z.object({
  verdict: z.string(),
  converged: z.boolean(),
  parameters: figures,
  standardErrors: z.record(z.string(), z.number().nullable()),
})
const BgNbd = Fit.extend({ customers: z.number(), repeatCustomers: z.number(), periods: z.number() })
const GammaGamma = Fit.extend({ customers: z.number(), meanSpend: z.number(), correlation: z.number().nullable() })
export type BgNbd = z.infer<typeof BgNbd>
export type GammaGamma = z.infer<typeof GammaGamma>

/** Fewer repeat buyers say too little of how customers differ. */
const fewestRepeat = 100
/** The model of spend supposes that who buys often spends neither more nor less each time. */
const mostCorrelation = 0.3
/** Of the purchases held back: further off, the forecast is to be taken with care, or misleads. */
const off = { careful: 0.1, bad: 0.2 }

/** How far the model can be believed: `good`, `careful` with reasons, or `bad`: not at all. */
export interface Trust {
  level: 'good' | 'careful' | 'bad'
  reasons: Reason[]
}
export type Reason =
  | 'no-repeats'
  | 'not-converged'
  | 'few-repeats'
  | 'edge'
  | 'no-drop-out'
  | 'spend-unusual'
  | 'spend-correlated'
  | 'holdout-off'
  | 'holdout-some'
  | 'untested'

interface Holdout {
  actual: number
  expected: number
}

export function readFits(summary: { bgnbd: unknown; gammaGamma: unknown }): { bgnbd: BgNbd; gammaGamma: GammaGamma } | undefined {
  const bgnbd = BgNbd.safeParse(summary.bgnbd)
  const gammaGamma = GammaGamma.safeParse(summary.gammaGamma)
  return bgnbd.success && gammaGamma.success ? { bgnbd: bgnbd.data, gammaGamma: gammaGamma.data } : undefined
}

/** Judges a fit by what it says of itself and by the purchases that it had not seen. */
export function trustIn({ bgnbd, gammaGamma }: { bgnbd: BgNbd; gammaGamma: GammaGamma }, holdout: Holdout | null): Trust {
  if (bgnbd.verdict === 'no-repeat-purchases') return { level: 'bad', reasons: ['no-repeats'] }
  const bad: Reason[] = []
  const careful: Reason[] = []
  if (bgnbd.verdict === 'not-converged' || gammaGamma.verdict === 'not-converged') bad.push('not-converged')
  if (bgnbd.repeatCustomers < fewestRepeat) careful.push('few-repeats')
  if (bgnbd.verdict === 'no-drop-out') careful.push('no-drop-out')
  if (['same-rate', 'same-drop-out', 'on-bound'].includes(bgnbd.verdict)) careful.push('edge')
  if (!['converged', 'not-converged'].includes(gammaGamma.verdict)) careful.push('spend-unusual')
  if (Math.abs(gammaGamma.correlation ?? 0) > mostCorrelation) careful.push('spend-correlated')
  const error = holdout && Math.abs(holdout.expected - holdout.actual) / Math.max(1, holdout.actual)
  if (error === null) careful.push('untested')
  else if (error > off.bad) bad.push('holdout-off')
  else if (error > off.careful) careful.push('holdout-some')
  const reasons = [...bad, ...careful]
  return { level: bad.length > 0 ? 'bad' : reasons.every((reason) => reason === 'untested') ? 'good' : 'careful', reasons }
}
