import { cleanText } from './text.ts'

const words: Record<string, 'female' | 'male' | null> = {
  男: 'male', 男性: 'male', 男士: 'male', 先生: 'male', 男生: 'male', 公: 'male', m: 'male', male: 'male', man: 'male', mr: 'male', boy: 'male',
  女: 'female', 女性: 'female', 女士: 'female', 小姐: 'female', 女生: 'female', 太太: 'female', f: 'female', female: 'female', woman: 'female',
  mrs: 'female', ms: 'female', miss: 'female', girl: 'female', nan: 'male', nv: 'female',
  // GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated
  '1': 'male', '2': 'female', '0': null, '9': null,
  未知: null, 保密: null, 不详: null, 未说明: null, 其他: null, unknown: null, u: null, other: null, 'n/a': null, '-': null, x: null,
}

/** `female`, `male`, null when the text says that it is not known, undefined when the text is not understood. */
export const parseSex = (raw: string): 'female' | 'male' | null | undefined => words[cleanText(raw).toLowerCase().replace(/\.$/, '')]
