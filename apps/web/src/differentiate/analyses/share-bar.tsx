/** A share 0–1 as a bar; the figure stands beside it. */
export const ShareBar = ({ share }: { share: number }) => (
  <span className="bar" aria-hidden>
    <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
  </span>
)

/** A part of a whole, nothing of nothing. */
export const shareOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)
