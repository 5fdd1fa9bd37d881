import { defineTexts } from '../../ui/text-pair.ts'

export const texts = defineTexts({
  'glossary.title': { zh: '词汇表', en: 'Glossary' },
  'glossary.purpose': {
    zh: '系统里每个词是什么意思，中英对照；方法都注明出处。',
    en: 'What each word means here, in both languages; methods name their source.',
  },
  'glossary.search': { zh: '查词', en: 'Look up' },
  'glossary.nothing': { zh: '没有这个词', en: 'No such word' },
  'glossary.nothing.text': { zh: '试试中文、英文或缩写。', en: 'Try Chinese, English, or an abbreviation.' },
  'glossary.source': { zh: '出处：', en: 'Source:' },
  'glossary.area.customer': { zh: '客户与档案', en: 'Customers and their files' },
  'glossary.area.identify': { zh: '识别与采集', en: 'Identify and collect' },
  'glossary.area.trade': { zh: '交易', en: 'Trade' },
  'glossary.area.value': { zh: '价值分析', en: 'Value' },
  'glossary.area.protect': { zh: '保护与权限', en: 'Protection and rights' },
  'glossary.area.system': { zh: '系统', en: 'System' },
})
