import { appendFileSync } from 'node:fs'

/** Of every random choice: the same seed makes the same attack. Printed with what fails. */
export const seed = Number(process.env['PROVE_SEED'] ?? 20_260_101)

const whole = process.env['PROVE_WHOLE'] === '1'

/** How much is tried: a small part in every run of the tests, all of it in `npm run prove`. */
export const size = (small: number, all: number): number => (whole ? all : small)

/** A measured figure of a promise, for the table that `npm run prove` prints. */
export function figure(promise: string, what: string, value: number | string): void {
  const file = process.env['PROVE_FIGURES']
  if (file) appendFileSync(file, `${JSON.stringify({ promise, what, value })}\n`)
}
