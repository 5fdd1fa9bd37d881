/** Moves the focus into the first row of the page's list. @returns whether there is one */
export function focusFirstRow(): boolean {
  const row = document.querySelector<HTMLElement>('[role="grid"] [data-index="0"]')
  row?.focus()
  return row !== null
}
