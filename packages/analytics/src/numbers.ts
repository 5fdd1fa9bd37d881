/** A column of numbers, one per customer or item: any numeric typed array or a plain array of numbers. */
export type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array | readonly number[]

/** Called with the finished fraction in [0, 1] during long work; it may throw to cancel, and the error passes through. */
export type OnStep = (fraction: number) => void

/** @throws RangeError naming the first position that holds NaN or an infinity. */
export function requireFinite(values: Numbers, name: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`${name}[${i}] is ${values[i]}: every value must be a finite number`)
  }
}

/** @throws RangeError unless all columns have as many rows as the first. */
export function requireSameLength(columns: Record<string, Numbers>): void {
  const [first, ...others] = Object.entries(columns)
  for (const [name, column] of others) {
    if (first && column.length !== first[1].length) {
      throw new RangeError(`${name} has ${column.length} rows, ${first[0]} has ${first[1].length}: they must agree`)
    }
  }
}
