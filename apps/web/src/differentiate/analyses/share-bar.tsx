import { useFormats } from '../../ui/formats.ts'

/** A share 0–1 as a bar; the figure stands beside it. */
export const ShareBar = ({ share }: { share: number }) => (
  <span className="bar" aria-hidden>
    <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
  </span>
)

/** A share 0–1 in a table: the bar, and the figure behind it. */
export function ShareCells({ share }: { share: number }) {
  const formats = useFormats()
  return (
    <>
      <td className="bar-cell">
        <ShareBar share={share} />
      </td>
      <td className="end">{formats.percent(share)}</td>
    </>
  )
}

/** A part of a whole, nothing of nothing. */
export const shareOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)
