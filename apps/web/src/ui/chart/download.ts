import type { ChartTable } from './chart-card.tsx'

/** Hands a file to the browser. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

/** Text that a spreadsheet would run is quoted away with a leading apostrophe, as in every export. */
const cell = (raw: string | number | null): string => {
  if (typeof raw === 'number') return String(raw)
  const text = /^[=+\-@\t\r]/.test(raw ?? '') ? `'${raw}` : (raw ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** With a byte order mark: spreadsheets then read Chinese right. */
export function csvOf({ columns, rows }: ChartTable): string {
  const lines = [columns.map(({ title }) => cell(title)), ...rows.map((row) => row.map(({ raw }) => cell(raw)))]
  return `﻿${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}
