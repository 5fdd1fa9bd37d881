/**
 * Solves A·x = b for a small symmetric positive definite A by Cholesky's factors; null when A is not positive definite to within rounding.
 * @see Golub and Van Loan (2013), Matrix Computations, §4.2
 */
export function solvePositiveDefinite(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const factor = cholesky(matrix)
  if (!factor) return null
  const forward: number[] = []
  for (let i = 0; i < right.length; i++) {
    let sum = right[i]!
    for (let k = 0; k < i; k++) sum -= factor[i]![k]! * forward[k]!
    forward.push(sum / factor[i]![i]!)
  }
  const solution = right.map(() => 0)
  for (let i = right.length - 1; i >= 0; i--) {
    let sum = forward[i]!
    for (let k = i + 1; k < right.length; k++) sum -= factor[k]![i]! * solution[k]!
    solution[i] = sum / factor[i]![i]!
  }
  return solution
}

/** The diagonal of A⁻¹, or null when A is not positive definite. */
export function inverseDiagonal(matrix: readonly (readonly number[])[]): number[] | null {
  const diagonal: number[] = []
  for (let i = 0; i < matrix.length; i++) {
    const column = solvePositiveDefinite(
      matrix,
      matrix.map((_, j) => (i === j ? 1 : 0)),
    )
    if (!column) return null
    diagonal.push(column[i]!)
  }
  return diagonal
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const factor: number[][] = []
  for (let i = 0; i < matrix.length; i++) {
    const row: number[] = []
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!
      for (let k = 0; k < j; k++) sum -= row[k]! * (factor[j]?.[k] ?? row[k]!)
      if (i === j) {
        if (!(sum > 1e-14 * Math.abs(matrix[i]![i]!))) return null
        row.push(Math.sqrt(sum))
      } else {
        row.push(sum / factor[j]![j]!)
      }
    }
    factor.push(row)
  }
  return factor
}
