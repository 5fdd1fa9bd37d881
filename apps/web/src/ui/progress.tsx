/** How far something is: 0–1, or under way without a known end. */
export function Progress({ label, share }: { label: string; share: number | undefined }) {
  return <progress className="progress" aria-label={label} {...(share === undefined ? {} : { value: share, max: 1 })} />
}
