/** Why a file cannot be read at all. Texts in both languages: `contract/texts/import-problems.ts`. */
export const fileProblemCodes = [
  'file-missing',
  'file-empty',
  'file-too-big',
  'file-not-text',
  'file-old-excel',
  'file-broken',
  'archive-bomb',
  'sheet-missing',
  'encoding-mixed',
  'encoding-unknown',
  'row-too-long',
  'too-many-columns',
  'no-header',
] as const
export type FileProblemCode = (typeof fileProblemCodes)[number]

/** A file that cannot be read, and where it went wrong. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly code: FileProblemCode
  /** Values for the text: row, limit, found. */
  readonly values: Record<string, string | number>

  constructor(code: FileProblemCode, values: Record<string, string | number> = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}

/** Why one row cannot be used although the file can. */
export const rowProblemCodes = ['encoding-bad', 'quote-unclosed', 'nul-byte', 'row-too-long', 'too-many-columns'] as const
export type RowProblemCode = (typeof rowProblemCodes)[number]
