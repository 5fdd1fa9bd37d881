import { defineTexts } from '../../ui/text-pair.ts'
import '../label-texts.ts'

export const texts = defineTexts({
  'rfm.title': { zh: '价值与 RFM', en: 'Value and RFM' },
  'rfm.purpose': {
    zh: '谁最近来过、来得多勤、花了多少。点任一格看到具体的人。',
    en: 'Who came lately, how often, and how much they spent. Press any cell to see the people.',
  },
  'rfm.hint': {
    zh: 'R 是最近一次购买、F 是次数、M 是金额，各打 1–5 分，5 最好。先看「不能失去」：曾经的大客，很久没来。',
    en: 'R is the last purchase, F how often, M how much: each scored 1–5, 5 is best. Begin with "Can\'t lose": big customers of old who stay away.',
  },
  'rfm.empty': { zh: '还没有算过 RFM', en: 'RFM has not been run yet' },
  'rfm.empty.text': {
    zh: '导入订单之后跑一次，就知道谁是常客、谁快要流失。',
    en: 'Import orders, then run it once to see who your regulars are and who is about to leave.',
  },
  'rfm.finding.lapsed': {
    zh: '{number} 位老主顾很久没来，他们占{period}收入的 {share}',
    en: {
      one: '{number} old friend has not come for long: {share} of {period} revenue',
      other: '{number} old friends have not come for long: {share} of {period} revenue',
    },
  },
  'rfm.finding.champions': {
    zh: '{number} 位冠军客户带来{period}收入的 {share}',
    en: { one: '{number} champion brings {share} of {period} revenue', other: '{number} champions bring {share} of {period} revenue' },
  },
  'rfm.period.all': { zh: '全部', en: 'all' },
  'rfm.period.months': { zh: '近 {count} 个月', en: { one: "last month's", other: "the last {count} months'" } },
  'rfm.heat.note': {
    zh: '每格：人数与人均消费。横：次数 F，纵：最近 R；5 最好，1 最差',
    en: 'Each cell: customers and average spend. Across: frequency F, down: recency R; 5 is best, 1 worst',
  },
  'rfm.heat.label': { zh: 'R × F 热力图', en: 'R × F heat map' },
  'rfm.cells.label': { zh: '全部 125 格', en: 'All 125 cells' },
  'rfm.cells.note': {
    zh: 'R、F、M 各 1–5 分，5 最好；没有人的格也在',
    en: 'R, F and M each 1–5, 5 is best; cells with nobody in them are here too',
  },
  'rfm.view.map': { zh: '热力图', en: 'Heat map' },
  'rfm.view.table': { zh: '125 格', en: '125 cells' },
  'rfm.view': { zh: '看法', en: 'View' },
  'rfm.column.cell': { zh: '格', en: 'Cell' },
  'rfm.column.customers': { zh: '人数', en: 'Customers' },
  'rfm.column.average': { zh: '人均消费', en: 'Average' },
  'rfm.column.revenue': { zh: '收入', en: 'Revenue' },
  'rfm.column.share': { zh: '收入占比', en: 'Share' },
  'rfm.column.group': { zh: '群', en: 'Group' },
  'rfm.column.meaning': { zh: '含义', en: 'Meaning' },
  'rfm.groups.title': { zh: '十个群', en: 'Ten groups' },
  'rfm.groups.note': { zh: '人数与收入占比', en: 'customers and share of revenue' },
  'rfm.groups.noteNet': {
    zh: '收入占比，与截至 {day} 的结果相比谁进谁出',
    en: 'share of revenue; who came and left since the result as of {day}',
  },
  'rfm.meaning.champions': { zh: '刚买、常买、买得多', en: 'Lately, often, much' },
  'rfm.meaning.loyal': { zh: '常买', en: 'Often' },
  'rfm.meaning.potential': { zh: '近期来过，次数还少', en: 'Lately, not often yet' },
  'rfm.meaning.new': { zh: '刚来第一次', en: 'The first time, lately' },
  'rfm.meaning.need-attention': { zh: '中等，开始变冷', en: 'Middling, cooling down' },
  'rfm.meaning.about-to-sleep': { zh: '来得少，渐渐不来', en: 'Seldom, and less and less' },
  'rfm.meaning.at-risk': { zh: '曾经常来，很久没来', en: 'Used to come, not for long' },
  'rfm.meaning.cannot-lose': { zh: '曾是大客，很久没来', en: 'Once at the top, not for long' },
  'rfm.meaning.hibernating': { zh: '久未来，次数少', en: 'Long ago, seldom' },
  'rfm.meaning.lost': { zh: '最久、最少', en: 'Longest ago, least' },
  'rfm.definition.formula.quantile': {
    zh: 'R、F、M 各按五分位打 1–5 分，5 最好；分数组合查表归入一个群',
    en: 'R, F and M each scored 1–5 by quintile, 5 is best; the combination belongs to one group',
  },
  'rfm.definition.formula.cut-offs': {
    zh: 'R、F、M 各按自定界线打 1–5 分，5 最好；分数组合查表归入一个群',
    en: 'R, F and M each scored 1–5 by own cut-offs, 5 is best; the combination belongs to one group',
  },
  'rfm.definition.recency': { zh: 'R 界线', en: 'R cut-offs' },
  'rfm.definition.recency.days': { zh: '距上次购买 {values} 天', en: '{values} days since the last order' },
  'rfm.definition.frequency': { zh: 'F 界线', en: 'F cut-offs' },
  'rfm.definition.frequency.orders': { zh: '{values} 单', en: '{values} orders' },
  'rfm.definition.monetary': { zh: 'M 界线', en: 'M cut-offs' },
  'rfm.definition.anonymous': {
    zh: '已取消的订单；无法识别的散客 {number} 单、{money}',
    en: {
      one: 'Cancelled orders; {number} order of unknown buyers, {money}',
      other: 'Cancelled orders; {number} orders of unknown buyers, {money}',
    },
  },
  'rfm.definition.source.method': {
    zh: 'Hughes（1994）；群由 125 格的一张表定义',
    en: 'Hughes (1994); the groups are defined by one table of 125 cells',
  },
})
