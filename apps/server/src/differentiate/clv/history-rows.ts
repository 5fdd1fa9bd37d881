import type { ClvInput, Histories } from './model.ts'

/** A row of `purchaseHistories` in RowBinary: float64, 3 × uint32, 2 × float64, 2 × uint32, float64. */
const rowBytes = 8 + 3 * 4 + 2 * 8 + 2 * 4 + 8
const daysPerWeek = 7

/** Numbers in a column that grows. */
class Column {
  values = new Float64Array(16_384)
  length = 0

  add(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Float64Array(this.values.length * 2)
      wider.set(this.values)
      this.values = wider
    }
    this.values[this.length++] = value
  }

  done(): Float64Array {
    return this.values.slice(0, this.length)
  }
}

const histories = () => ({ x: new Column(), tx: new Column(), T: new Column(), zbar: new Column() })
type Growing = ReturnType<typeof histories>

const doneHistories = ({ x, tx, T, zbar }: Growing): Histories => ({ x: x.done(), tx: tx.done(), T: T.done(), zbar: zbar.done() })

export interface ReadHistories {
  /** Numbers of the customers. */
  customer: Float64Array
  input: Pick<ClvInput, 'history' | 'current' | 'calibration'>
}

/**
 * Reads purchase histories from the warehouse's bytes.
 * @param heldOutDays days from the end of the calibration to the as-of day; 0 without a holdout
 */
export async function readHistories(stream: AsyncIterable<Buffer>, heldOutDays: number): Promise<ReadHistories> {
  const customer = new Column()
  const current = new Column()
  const heldOut = new Column()
  const all = histories()
  const calibration = histories()
  const add = (bytes: DataView, at: number) => {
    const x = bytes.getUint32(at + 8, true)
    const age = bytes.getUint32(at + 16, true)
    customer.add(bytes.getFloat64(at, true))
    current.add(bytes.getFloat64(at + 28, true))
    addHistory(all, x, bytes.getUint32(at + 12, true), age, bytes.getFloat64(at + 20, true))
    const seen = bytes.getUint32(at + 36, true)
    if (heldOutDays === 0 || seen === 0) return
    addHistory(calibration, seen - 1, bytes.getUint32(at + 40, true), age - heldOutDays, bytes.getFloat64(at + 44, true))
    heldOut.add(x + 1 - seen)
  }
  await eachRow(stream, add)
  return {
    customer: customer.done(),
    input: {
      history: doneHistories(all),
      current: current.done(),
      ...(heldOutDays > 0
        ? { calibration: { ...doneHistories(calibration), heldOut: heldOut.done(), weeks: heldOutDays / daysPerWeek } }
        : {}),
    },
  }
}

function addHistory({ x, tx, T, zbar }: Growing, repeats: number, lastDay: number, ageDays: number, amount: number): void {
  x.add(repeats)
  tx.add(lastDay / daysPerWeek)
  T.add(ageDays / daysPerWeek)
  zbar.add(repeats > 0 ? amount / repeats : 0)
}

/** Calls `take` for each row, wherever the stream was cut. */
async function eachRow(stream: AsyncIterable<Buffer>, take: (bytes: DataView, at: number) => void): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const part of stream) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, part]) : part
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = 0
    for (; at + rowBytes <= bytes.length; at += rowBytes) take(view, at)
    rest = bytes.subarray(at)
  }
  if (rest.length > 0) throw new Error(`The warehouse ended within a row: ${rest.toString('utf8', 0, 500)}`)
}
