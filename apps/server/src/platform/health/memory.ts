import { readFile } from 'node:fs/promises'

/** Bytes that processes use, shared pages divided among those who share them; null where the system does not tell. */
export async function memoryOf(processIds: readonly number[]): Promise<number | null> {
  const sizes = await Promise.all(processIds.map(memoryOfOne))
  return sizes.every((size) => size === undefined) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
}

async function memoryOfOne(processId: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${processId}/smaps_rollup`, 'utf8').catch(() => undefined)
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(text ?? '')?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}
