import { defineTexts } from '../ui/text-pair.ts'

/** Names of groups, classes, levels and quadrants: what analyses write to the customers. */
export const texts = defineTexts({
  'rfm.group.champions': { zh: '冠军', en: 'Champions' },
  'rfm.group.loyal': { zh: '忠诚', en: 'Loyal' },
  'rfm.group.potential': { zh: '有潜力', en: 'Potential' },
  'rfm.group.new': { zh: '新客户', en: 'New' },
  'rfm.group.need-attention': { zh: '需关注', en: 'Need attention' },
  'rfm.group.about-to-sleep': { zh: '快要睡去', en: 'About to sleep' },
  'rfm.group.at-risk': { zh: '有流失危险', en: 'At risk' },
  'rfm.group.cannot-lose': { zh: '不能失去', en: "Can't lose" },
  'rfm.group.hibernating': { zh: '沉睡', en: 'Hibernating' },
  'rfm.group.lost': { zh: '流失', en: 'Lost' },
  'abc.class.A': { zh: 'A 类', en: 'Class A' },
  'abc.class.B': { zh: 'B 类', en: 'Class B' },
  'abc.class.C': { zh: 'C 类', en: 'Class C' },
  'abc.level.key': { zh: '关键客户', en: 'Key' },
  'abc.level.major': { zh: '重要客户', en: 'Major' },
  'abc.level.ordinary': { zh: '普通客户', en: 'Ordinary' },
  'abc.level.small': { zh: '小客户', en: 'Small' },
  'clv.quadrant.vip': { zh: '贵宾', en: 'VIP' },
  'clv.quadrant.improve': { zh: '改进', en: 'Improve' },
  'clv.quadrant.maintain': { zh: '维持', en: 'Maintain' },
  'clv.quadrant.drop': { zh: '放弃', en: 'Drop' },
})
