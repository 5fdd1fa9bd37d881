import { expect, test } from 'vitest'
import { namePinyin, nameSortKey, normaliseName, splitName } from './name.ts'

test.each([
  ['张 三', '张三'],
  ['　王　小明 ', '王小明'],
  ['阿依古丽.买买提', '阿依古丽·买买提'],
  ['阿依古丽 • 买买提', '阿依古丽·买买提'],
  ['Ａｄａ  Lovelace', 'Ada Lovelace'],
  ['李\u200b四', '李四'],
])('%s is kept as %s', (raw, name) => {
  expect(normaliseName(raw)).toBe(name)
})

test.each([
  ['张三', '张', '三'],
  ['欧阳静怡', '欧阳', '静怡'],
  ['欧阳', '欧', '阳'],
  ['阿依古丽·买买提', '', '阿依古丽·买买提'],
  ['Ada King Lovelace', 'Lovelace', 'Ada King'],
  ['Lovelace, Ada', 'Lovelace', 'Ada'],
  ['Cher', '', 'Cher'],
])('%s has the surname "%s" and the given name %s', (name, surname, given) => {
  expect(splitName(name)).toEqual({ surname, given })
})

test.each([
  ['单雄信', 'shanxiongxin', 'sxx'],
  ['曾婉清', 'zengwanqing', 'zwq'],
  ['仇英', 'qiuying', 'qy'],
  ['解晓东', 'xiexiaodong', 'xxd'],
  ['区志航', 'ouzhihang', 'ozh'],
  ['尉迟恭', 'yuchigong', 'ycg'],
  ['欧阳静怡', 'ouyangjingyi', 'oyjy'],
  ['吕布', 'lvbu', 'lb'],
  ['重庆长安汽车有限公司', 'chongqingchanganqicheyouxiangongsi', 'cqcaqcyxgs'],
  ['Ada Lovelace', 'adalovelace', 'al'],
])('%s is typed %s or %s', (name, full, initials) => {
  expect(namePinyin(name)).toEqual({ full, initials })
})

test('names sort by pinyin, surnames by their own reading, Latin names among them', () => {
  const sorted = ['Bob', '曾国藩', '单雄信', '阿里', '张三', 'adam', '西安', '线上', '沈腾'].sort((a, b) =>
    nameSortKey(a) < nameSortKey(b) ? -1 : 1,
  )
  expect(sorted).toEqual(['阿里', 'adam', 'Bob', '单雄信', '沈腾', '西安', '线上', '曾国藩', '张三'])
})
