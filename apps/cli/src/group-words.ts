import type { AnalysisMethod } from '@zhike/contract/differentiate/analyses.ts'
import { UsageProblem } from './failure.ts'
import { nearest } from './nearest.ts'
import type { Text } from './text.ts'

/** The groups that an analysis puts customers into, as people call them. */
export const groupNames: Readonly<Record<AnalysisMethod, Readonly<Record<string, Text>>>> = {
  rfm: {
    champions: { zh: '冠军', en: 'Champions' },
    loyal: { zh: '忠诚', en: 'Loyal' },
    potential: { zh: '有潜力', en: 'Potential' },
    new: { zh: '新客户', en: 'New' },
    'need-attention': { zh: '需关注', en: 'Need attention' },
    'about-to-sleep': { zh: '快要睡去', en: 'About to sleep' },
    'at-risk': { zh: '有流失危险', en: 'At risk' },
    'cannot-lose': { zh: '不能失去', en: "Can't lose" },
    hibernating: { zh: '沉睡', en: 'Hibernating' },
    lost: { zh: '流失', en: 'Lost' },
  },
  abc: { A: { zh: 'A 类', en: 'Class A' }, B: { zh: 'B 类', en: 'Class B' }, C: { zh: 'C 类', en: 'Class C' } },
  clv: {
    vip: { zh: '贵宾', en: 'VIP' },
    improve: { zh: '提升', en: 'Improve' },
    maintain: { zh: '维持', en: 'Maintain' },
    drop: { zh: '放弃', en: 'Drop' },
  },
}

/** Heads of the value pyramid. */
export const levelNames: Readonly<Record<string, Text>> = {
  key: { zh: '重点', en: 'Key' },
  major: { zh: '大客户', en: 'Major' },
  ordinary: { zh: '普通', en: 'Ordinary' },
  small: { zh: '小客户', en: 'Small' },
}

/** A group by its own word or its name in either language. @throws UsageProblem naming the nearest and all of them */
export const groupOf = (method: AnalysisMethod, written: string): string => wordOf('--group', groupNames[method], written)

/** A level of the value pyramid, likewise. */
export const levelOf = (written: string): string => wordOf('--level', levelNames, written)

function wordOf(option: string, names: Readonly<Record<string, Text>>, written: string): string {
  const same = written.trim().toLowerCase()
  const found = Object.entries(names).find(
    ([word, name]) => word.toLowerCase() === same || name.zh === written.trim() || name.en.toLowerCase() === same,
  )
  if (found) return found[0]
  const all = Object.keys(names).join(', ')
  const meant = nearest(written, Object.keys(names))
  throw meant === undefined
    ? new UsageProblem(
        { zh: '{option} 不能是“{written}”；可用：{all}。', en: '{option} cannot be "{written}"; choose from {all}.' },
        { option, written, all },
      )
    : new UsageProblem(
        {
          zh: '{option} 不能是“{written}”；您是否想写 {meant}？可用：{all}。',
          en: '{option} cannot be "{written}"; did you mean {meant}? Choose from {all}.',
        },
        { option, written, meant, all },
      )
}
