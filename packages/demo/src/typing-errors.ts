import type { Random } from './random.ts'

/** What a clerk or a customer got wrong when a person's second record was typed. */
export type TypingError = 'phone-swapped' | 'phone-digit' | 'name-sound' | 'name-title' | 'missing-birthday' | 'missing-phone'

export const typingErrors: readonly TypingError[] = [
  'phone-swapped',
  'phone-digit',
  'name-sound',
  'name-title',
  'missing-birthday',
  'missing-phone',
]

const PAIRS =
  '伟玮 丽莉 静婧 娜那 佳嘉 燕艳 红虹 玲铃 芳方 敏民 霞夏 梅玫 婷亭 琳林 慧惠 颖影 洁杰 欣新 雨宇 涵函 诗思 涛滔 明铭 超朝 斌彬 波博 辉晖 健建 俊骏 峰锋 浩皓 轩宣 泽择 睿瑞 文雯 志智 华桦 平萍 鹏朋 飞菲 英瑛 玉钰 兰岚 珍真 凤风 琴芹 秀绣 娟鹃 倩茜 怡宜 梓子 萱轩 悦月 琪琦 语羽 彤桐 瑶遥 勇永 刚钢 磊雷 军君 强蔷 国帼 德得 福富 贵桂 海亥 昊浩 天添 晨辰 阳洋 淑舒'
const SOUNDS = new Map(
  PAIRS.split(' ').flatMap(
    ([a = '', b = '']) =>
      [
        [a, b],
        [b, a],
      ] as const,
  ),
)

/** Two neighbouring digits of the last eight change places; a number whose digits are all equal stays. */
export function swapDigits(random: Random, phone: string): string {
  const start = random.int(7)
  for (let i = 0; i < 7; i++) {
    const at = phone.length - 8 + ((start + i) % 7)
    const [a = '', b = ''] = phone.slice(at, at + 2)
    if (a !== b) return phone.slice(0, at) + b + a + phone.slice(at + 2)
  }
  return phone
}

/** One of the last eight digits is another one. */
export function wrongDigit(random: Random, phone: string): string {
  const at = phone.length - 8 + random.int(8)
  return phone.slice(0, at) + ((Number(phone[at]) + random.between(1, 9)) % 10) + phone.slice(at + 1)
}

/** The last character that has a twin of the same sound is written as that; a name without one loses its last character. */
export function soundAlike(name: string): string {
  for (let at = name.length - 1; at > 0; at--) {
    const twin = SOUNDS.get(name.charAt(at))
    if (twin) return name.slice(0, at) + twin + name.slice(at + 1)
  }
  return name.includes('·') ? name.replace('·', '•') : name.length > 2 ? name.slice(0, -1) : `${name}儿`
}
