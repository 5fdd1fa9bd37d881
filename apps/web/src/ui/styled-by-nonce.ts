/** The nonce that the server put into the page for this visit; empty in development, where no policy is sent. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

/**
 * Gives every style element that a script of ours makes the page's nonce. antd passes it along itself, but its scroll
 * lock and scroll bar measure do not (@rc-component/portal, @rc-component/util), and the policy would refuse theirs.
 */
export function giveStylesTheNonce(): void {
  if (styleNonce === '') return
  const create = document.createElement.bind(document)
  document.createElement = ((tag: string, options?: ElementCreationOptions) => {
    const element = create(tag, options)
    if (tag.toLowerCase() === 'style') element.nonce = styleNonce
    return element
  }) as typeof document.createElement
}
