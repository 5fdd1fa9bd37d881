import { useCodeText } from '../../app/code-text.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const groupTones: Record<string, Tone> = {
  champions: 'jade',
  loyal: 'jade',
  potential: 'blue',
  new: 'blue',
  'need-attention': 'gold',
  'about-to-sleep': 'gray',
  'at-risk': 'seal',
  'cannot-lose': 'seal',
  hibernating: 'gray',
  lost: 'gray',
}

export function RfmGroupBadge({ group, children }: { group: string; children?: string }) {
  const text = useCodeText()
  return (
    <Badge tone={groupTones[group] ?? 'gray'}>
      {text('rfm.group', group)}
      {children}
    </Badge>
  )
}

/** Everything that analyses and the programme say about a customer, as badges. */
export function CustomerLabels({ memberLevel, labels }: { memberLevel: string | null; labels: Record<string, string | number | null> }) {
  const text = useCodeText()
  const { rfmGroup, rfmCell, abcClass, valueLevel, clvQuadrant } = labels
  return (
    <span className="badges">
      {memberLevel && <Badge tone="gold">{memberLevel}</Badge>}
      {rfmGroup && <RfmGroupBadge group={String(rfmGroup)}>{rfmCell ? ` ${rfmCell}` : ''}</RfmGroupBadge>}
      {valueLevel && <Badge tone="gold">{text('abc.level', String(valueLevel))}</Badge>}
      {abcClass && <Badge tone="gray">{text('abc.class', String(abcClass))}</Badge>}
      {clvQuadrant && <Badge tone="blue">{text('clv.quadrant', String(clvQuadrant))}</Badge>}
    </span>
  )
}
