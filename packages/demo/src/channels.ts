/** As the contract names the kinds of source. */
export type DemoChannelKind = 'till' | 'web' | 'mini-program' | 'call-centre' | 'file'

/** The chain's systems, as they are registered before the files are loaded. `trust`: 0–100, whose word counts more. */
export interface DemoChannel {
  code: string
  name: { zh: string; en: string }
  kind: DemoChannelKind
  trust: number
}

const channel = (code: string, kind: DemoChannelKind, trust: number, zh: string, en: string): DemoChannel => ({
  code,
  name: { zh: `${zh}(演示)`, en: `${en} (demo)` },
  kind,
  trust,
})

export const channels = {
  office: channel('office', 'file', 75, '总部销售台账', 'Head office sales ledger'),
  till: channel('till', 'till', 60, '门店收银', 'Shop tills'),
  web: channel('web-shop', 'web', 70, '官网商城', 'Web shop'),
  mini: channel('mini-program', 'mini-program', 80, '微信小程序', 'WeChat mini-program'),
  service: channel('service', 'call-centre', 50, '客服中心', 'Customer service'),
} as const

export type SalesChannel = 'office' | 'till' | 'web' | 'mini'
export const salesChannels: readonly SalesChannel[] = ['office', 'till', 'web', 'mini']
