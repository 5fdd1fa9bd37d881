/**
 * What a spreadsheet may take for a formula: after apostrophes, blanks, control and format characters, one of = + - @ in ASCII or
 * full width; or a cell that begins with a tab or a line end.
 */
const dangerous = /^'*(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])/u
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/

/**
 * A cell that no spreadsheet runs: an apostrophe goes before whatever could be a formula. Plain numbers stay numbers. The import
 * takes the apostrophe off again with `unsafeCell`, so every text comes back unchanged.
 */
export const safeCell = (text: string): string => (dangerous.test(text) && !plainNumber.test(text) ? `'${text}` : text)

/** The text that `safeCell` was given. */
export const unsafeCell = (cell: string): string => (cell.charCodeAt(0) === 39 && dangerous.test(cell) ? cell.slice(1) : cell)
