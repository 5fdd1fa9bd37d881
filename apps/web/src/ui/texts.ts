import { defineTexts } from './text-pair.ts'

export const texts = defineTexts({
  'action.retry': { zh: '再试一次', en: 'Try again' },
  'action.save': { zh: '保存', en: 'Save' },
  'action.cancel': { zh: '取消', en: 'Cancel' },
  'action.close': { zh: '关闭', en: 'Close' },
  'action.undo': { zh: '撤销', en: 'Undo' },
  'action.back': { zh: '返回', en: 'Back' },
  'action.next': { zh: '下一步', en: 'Next' },
  'action.copy': { zh: '复制', en: 'Copy' },
  'action.export': { zh: '导出', en: 'Export' },
  'action.more': { zh: '再看更早的', en: 'Show earlier' },
  'state.loading': { zh: '正在读取…', en: 'Loading…' },
  'filter.find': { zh: '查找', en: 'Find' },
  'filter.nothing': { zh: '还没有可选的值', en: 'No values yet' },
  'filter.clear': { zh: '去掉条件「{name}」', en: 'Remove the filter {name}' },
  'problem.unreachable': { zh: '连不上服务器', en: 'The server cannot be reached' },
  'problem.unreachable.detail': {
    zh: '检查网络后再试，已保存的内容不受影响。',
    en: 'Check the network and try again. What was saved is safe.',
  },
  'problem.page': { zh: '这一页没能打开', en: 'This page could not be opened' },
})
