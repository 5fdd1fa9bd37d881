import { percentile } from './requests.ts'

const tries = 15

/** Medians of two ways to do the same, tried in turns by one client. Each answers with how many ms it took. */
export async function alternately(ours: () => Promise<number>, floor: () => Promise<number>): Promise<{ ours: number; floor: number }> {
  const times = { ours: [] as number[], floor: [] as number[] }
  await ours()
  await floor()
  for (let i = 0; i < tries; i++) {
    times.ours.push(await ours())
    times.floor.push(await floor())
  }
  const median = (values: number[]) =>
    percentile(
      values.sort((a, b) => a - b),
      0.5,
    )
  return { ours: median(times.ours), floor: median(times.floor) }
}
