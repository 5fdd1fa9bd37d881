import { Link } from '@tanstack/react-router'
import { Tooltip } from '../../ui/tooltip.tsx'
import { language } from '../i18n.ts'
import { type TermCode, terms } from './terms.ts'

/** A word of the glossary within a text: what it means comes up when it is pointed at or has the focus; pressed, the glossary opens. */
export function Term({ code, children }: { code: TermCode; children?: string }) {
  const term = terms.find((each) => each.code === code)!
  const own = language()
  return (
    <Tooltip text={term.meaning[own]}>
      {(describedBy) => (
        <Link to="/help/glossary" search={{ q: term[own] }} className="term" {...describedBy}>
          {children ?? term[own]}
        </Link>
      )}
    </Tooltip>
  )
}
