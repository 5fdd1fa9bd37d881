/** The brand mark: one red seal. */
export const Seal = () => (
  <span className="seal" aria-hidden>
    知
  </span>
)
