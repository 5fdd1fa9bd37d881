/** Relative luminance of an sRGB colour `#RRGGBB`, 0 (black) – 1 (white). WCAG 2.2, definition of relative luminance. */
export function luminance(hex: string): number {
  const [r, g, b] = channels(hex).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast ratio of two colours, 1–21. WCAG 2.2, definition of contrast ratio. */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** The one of the text colours that reads best on a background. */
export function readableOn(background: string, texts: readonly [string, ...string[]]): string {
  return texts.reduce((best, text) => (contrast(text, background) > contrast(best, background) ? text : best))
}

/** A colour between two, `share` 0–1 of the way. */
export function blend(from: string, to: string, share: number): string {
  const target = channels(to)
  const mixed = channels(from).map((value, i) => Math.round(value + (target[i]! - value) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
