/** No element is made taller, in px: Firefox stops at 17.9 million, Chromium at 33.5 million. */
const tallest = 8_000_000
/** At both ends a px scrolled is a px moved; what is too much is folded into the middle. */
const even = 400_000

export interface ScrollMap {
  /** How tall the element is that carries the scroll bar. */
  height: number
  /** Where in the content a place of the scroll bar is. */
  toContent(scrolled: number): number
  /** Where the scroll bar stands for a place in the content. */
  toScrolled(content: number): number
}

/** How the scroll bar of an element reaches all of a content that may be taller than an element can be. */
export function scrollMap(contentHeight: number, most: number = tallest, ends: number = even): ScrollMap {
  if (contentHeight <= most) return { height: contentHeight, toContent: (scrolled) => scrolled, toScrolled: (content) => content }
  const stretch = (contentHeight - 2 * ends) / (most - 2 * ends)
  const saved = contentHeight - most
  return {
    height: most,
    toContent: (scrolled) => {
      if (scrolled <= ends) return scrolled
      return scrolled >= most - ends ? scrolled + saved : ends + (scrolled - ends) * stretch
    },
    toScrolled: (content) => {
      if (content <= ends) return content
      return content >= contentHeight - ends ? content - saved : ends + (content - ends) / stretch
    },
  }
}
