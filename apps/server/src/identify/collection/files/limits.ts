/** What a file may at most be. A spreadsheet program itself stops at 16,384 columns and 32,767 characters in a cell. */
export const limits = {
  fileBytes: 2_000_000_000,
  columns: 1000,
  /** Characters of one row of text, quotes and line ends within it included. */
  rowCharacters: 1_000_000,
  /** Characters of text after which a batch ends, however few its rows are: they are in memory together. */
  batchCharacters: 16_000_000,
  /** Entries of a zip archive. A workbook has one for each sheet, picture and comment. */
  archiveEntries: 10_000,
  /** Bytes that one entry of a workbook may unpack to. */
  entryBytes: 3_000_000_000,
  /** Unpacked : packed. Real sheets reach 30; deflate itself ends at 1032. */
  archiveRatio: 120,
  /** Below this an archive may be as dense as it likes. */
  harmlessBytes: 16_000_000,
  /** Memory for a workbook's shared strings, as estimated while they are read. */
  sharedStringBytes: 300_000_000,
  /** Heap of the worker that reads workbooks, for their shared strings above all. */
  workerMegabytes: 512,
  /** The first row of names must be within these. */
  headerSearchRows: 10,
  sampleRows: 100,
} as const
