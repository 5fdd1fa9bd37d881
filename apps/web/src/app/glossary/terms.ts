export type TermArea = 'customer' | 'identify' | 'trade' | 'value' | 'protect' | 'system'

export interface TermEntry {
  /** The word in the code and the API. */
  code: string
  area: TermArea
  zh: string
  en: string
  /** One sentence. */
  meaning: { zh: string; en: string }
  /** Who defined the method. */
  source?: string
}

/** Every term that stands on a screen, once: Chinese ↔ English ↔ code. */
export const terms = [
  {
    code: 'customer',
    area: 'customer',
    zh: '客户',
    en: 'customer',
    meaning: {
      zh: '公司为之建档的、有名有姓的人或单位；不知名的买家在被认出之前只是顾客。',
      en: 'A named person or organization whose file the company keeps; an anonymous buyer is a shopper until identified.',
    },
  },
  {
    code: 'kind',
    area: 'customer',
    zh: '客户类型',
    en: 'kind of customer',
    meaning: {
      zh: '个人、企业、渠道、内部或公共机构；类型决定档案里有哪些项。',
      en: 'Person, organization, channel, internal or public body; it decides which fields the file has.',
    },
  },
  {
    code: 'code',
    area: 'customer',
    zh: '客户编号',
    en: 'customer code',
    meaning: {
      zh: '系统给每位客户的号，不重复也不改变。',
      en: 'The number that the system gives each customer; it is unique and never changes.',
    },
  },
  {
    code: 'owner',
    area: 'customer',
    zh: '负责人',
    en: 'owner',
    meaning: {
      zh: '照看这位客户的人；没有负责人的客户在公海。',
      en: 'Who looks after the customer; without one, the customer is in the pool.',
    },
  },
  {
    code: 'pool',
    area: 'customer',
    zh: '公海',
    en: 'pool',
    meaning: {
      zh: '没有负责人的客户的总称，有权的人可以领取。',
      en: 'The customers whom nobody owns; who has the right may take them over.',
    },
  },
  {
    code: 'timeline',
    area: 'customer',
    zh: '时间线',
    en: 'timeline',
    meaning: {
      zh: '订单、付款、退货和往来按时间排成的一条线，不论来自哪个渠道。',
      en: 'Orders, payments, returns and contacts in one line of time, whatever channel they came from.',
    },
  },
  {
    code: 'label',
    area: 'customer',
    zh: '标签',
    en: 'label',
    meaning: {
      zh: '分析写回客户档案的短词，如 RFM 群。',
      en: 'A short word that an analysis writes back to the file, such as the RFM group.',
    },
  },
  {
    code: 'golden-value',
    area: 'identify',
    zh: '主值',
    en: 'golden value',
    meaning: {
      zh: '各来源说法不一时，档案采用的那个值；按手工确认、渠道可信度和新旧选出。',
      en: 'The value that the file uses where sources differ: what was confirmed by hand, then the trust of the channel, then the latest.',
    },
  },
  {
    code: 'profile',
    area: 'identify',
    zh: '来源记录',
    en: 'profile',
    meaning: { zh: '一个来源对一位客户的原话，照原样保存。', en: 'What one source said of a customer, kept as it was said.' },
  },
  {
    code: 'identity',
    area: 'identify',
    zh: '身份标识',
    en: 'identity',
    meaning: {
      zh: '用来认出同一个人的号：手机、会员卡、邮箱、微信 openid、证件号。',
      en: 'What somebody is recognised by: phone, member card, e-mail, WeChat openid, identity number.',
    },
  },
  {
    code: 'link',
    area: 'identify',
    zh: '合并',
    en: 'link',
    meaning: {
      zh: '把说的是同一个人的来源记录归到一位客户名下，随时能拆开。',
      en: 'Bringing the profiles of one person under one customer; it can be undone at any time.',
    },
  },
  {
    code: 'channel',
    area: 'identify',
    zh: '渠道',
    en: 'channel',
    meaning: {
      zh: '资料的来处，如门店收银、网店、小程序，各有可信度。',
      en: 'Where data come from, such as a till, a web shop, a mini-program; each has a trust.',
    },
  },
  {
    code: 'import',
    area: 'identify',
    zh: '导入',
    en: 'import',
    meaning: {
      zh: '把一个文件读进来：先试读，再写入，可整批撤回。',
      en: 'Reading a file in: a dry run first, then the real one, which can be undone as a whole.',
    },
  },
  {
    code: 'mapping',
    area: 'identify',
    zh: '列对应',
    en: 'mapping',
    meaning: { zh: '文件的哪一列是档案的哪一项。', en: 'Which column of a file is which field.' },
  },
  {
    code: 'touchpoint',
    area: 'identify',
    zh: '接触点',
    en: 'touchpoint',
    meaning: { zh: '公司与客户碰面的时间、地点或方式。', en: 'Any means, place or moment where company and customer meet.' },
  },
  {
    code: 'order',
    area: 'trade',
    zh: '订单',
    en: 'order',
    meaning: { zh: '一次购买，由若干商品行组成。', en: 'One purchase, made of lines of products.' },
  },
  {
    code: 'return',
    area: 'trade',
    zh: '退货',
    en: 'return',
    meaning: { zh: '退回的商品和金额，从消费里减去。', en: 'Products and money given back; taken off what was spent.' },
  },
  {
    code: 'net-sales',
    area: 'trade',
    zh: '净消费',
    en: 'net spend',
    meaning: { zh: '订单金额减去退货，按报表货币计。', en: 'Orders less returns, in the reporting currency.' },
  },
  {
    code: 'reporting-currency',
    area: 'trade',
    zh: '报表货币',
    en: 'reporting currency',
    meaning: { zh: '所有金额汇总用的货币，首次设置时选定。', en: 'The currency of all sums, chosen at the first run.' },
  },
  {
    code: 'margin',
    area: 'trade',
    zh: '毛利率',
    en: 'margin',
    meaning: { zh: '售价里扣除商品成本后剩下的份额。', en: 'The share of a sale that remains after the cost of goods.' },
  },
  {
    code: 'rfm',
    area: 'value',
    zh: 'RFM',
    en: 'RFM',
    meaning: {
      zh: '按最近购买 R、购买次数 F、消费金额 M 各打 1–5 分，合成 125 格，再归成群。',
      en: 'Recency, frequency and monetary value, each scored 1–5: 125 cells, gathered into named groups.',
    },
    source: 'Hughes (1994), Strategic Database Marketing',
  },
  {
    code: 'recency',
    area: 'value',
    zh: '最近购买 R',
    en: 'recency (R)',
    meaning: { zh: '距最后一次购买过了多少天，越近分越高。', en: 'Days since the last purchase: the fewer, the higher the score.' },
    source: 'Hughes (1994), Strategic Database Marketing',
  },
  {
    code: 'frequency',
    area: 'value',
    zh: '购买次数 F',
    en: 'frequency (F)',
    meaning: { zh: '期间内买过几次，越多分越高。', en: 'How many times somebody bought in the period: the more, the higher the score.' },
    source: 'Hughes (1994), Strategic Database Marketing',
  },
  {
    code: 'monetary',
    area: 'value',
    zh: '消费金额 M',
    en: 'monetary value (M)',
    meaning: { zh: '期间内的净消费，越高分越高。', en: 'Net spend in the period: the more, the higher the score.' },
    source: 'Hughes (1994), Strategic Database Marketing',
  },
  {
    code: 'abc',
    area: 'value',
    zh: 'ABC 分类',
    en: 'ABC classes',
    meaning: {
      zh: '按价值从高到低排：合计占前 80% 的是 A，再 15% 是 B，其余是 C，界限可调。',
      en: 'Ranked by value: A makes the first 80 %, B the next 15 %, C the rest; the cut-offs can be moved.',
    },
    source: 'Pareto (1896), Cours d’économie politique; Dickie (1951), Factory Management and Maintenance 109',
  },
  {
    code: 'pyramid',
    area: 'value',
    zh: '价值金字塔',
    en: 'value pyramid',
    meaning: {
      zh: '按人头分层：关键客户占前 1%，主要客户占 4%，普通客户占 15%，其余 80% 是小客户。',
      en: 'Layers by heads: key customers are the top 1 %, major the next 4 %, ordinary 15 %, small the other 80 %.',
    },
    source: 'Curry & Curry (2000), The Customer Marketing Method',
  },
  {
    code: 'gini',
    area: 'value',
    zh: '基尼系数',
    en: 'Gini coefficient',
    meaning: {
      zh: '价值集中在少数人身上的程度：0 是人人一样，1 是全在一人。',
      en: 'How far value is concentrated: 0 when all are equal, 1 when one has everything.',
    },
    source: 'Gini (1912), Variabilità e mutabilità',
  },
  {
    code: 'clv',
    area: 'value',
    zh: '客户终身价值 CLV',
    en: 'customer lifetime value (CLV)',
    meaning: {
      zh: '已带来的毛利加上今后预计带来的毛利，按时间折现。',
      en: 'The margin somebody has brought and is expected to bring, discounted over time.',
    },
    source: 'Gupta et al. (2006), Journal of Service Research 9(2)',
  },
  {
    code: 'bg-nbd',
    area: 'value',
    zh: 'BG/NBD 模型',
    en: 'BG/NBD model',
    meaning: {
      zh: '从购买的时间推算一个人还会不会来、会来几次。',
      en: 'From the times of purchases, tells whether somebody will come again and how often.',
    },
    source: 'Fader, Hardie & Lee (2005), Marketing Science 24(2)',
  },
  {
    code: 'gamma-gamma',
    area: 'value',
    zh: 'Gamma-Gamma 模型',
    en: 'Gamma-Gamma model',
    meaning: {
      zh: '从每次消费的金额推算一个人今后平均花多少。',
      en: 'From the amounts of purchases, tells what somebody will spend on average.',
    },
    source: 'Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value',
  },
  {
    code: 'probability-alive',
    area: 'value',
    zh: '活跃概率',
    en: 'probability of being active',
    meaning: { zh: '这位客户现在还是客户的可能性，0 到 1。', en: 'How likely the customer is still a customer, from 0 to 1.' },
    source: 'Fader, Hardie & Lee (2005), Marketing Science 24(2)',
  },
  {
    code: 'clv-matrix',
    area: 'value',
    zh: 'CLV 矩阵',
    en: 'CLV matrix',
    meaning: {
      zh: '现有价值 × 未来价值四格：贵宾、改进、维持、放弃。',
      en: 'Current value by future value: VIP, improve, maintain, drop.',
    },
  },
  {
    code: 'run',
    area: 'value',
    zh: '一次分析',
    en: 'run',
    meaning: {
      zh: '分析在某一天的结果，保存下来可以前后比较。',
      en: 'The result of an analysis as of a day; kept, so that runs can be compared.',
    },
  },
  {
    code: 'as-of',
    area: 'value',
    zh: '截至',
    en: 'as of',
    meaning: { zh: '数字算到哪一天的末尾为止。', en: 'The day through the end of which figures are counted.' },
  },
  {
    code: 'right',
    area: 'protect',
    zh: '权限',
    en: 'right',
    meaning: { zh: '允许做的一件事，如查看客户、导入。', en: 'One thing that somebody may do, such as seeing customers or importing.' },
  },
  {
    code: 'scope',
    area: 'protect',
    zh: '范围',
    en: 'scope',
    meaning: {
      zh: '权限管到哪些客户：自己的、团队的、团队及下级的，或全部。',
      en: 'Which customers a right covers: one’s own, the team’s, the team’s and below, or all.',
    },
  },
  {
    code: 'masking',
    area: 'protect',
    zh: '掩码',
    en: 'masking',
    meaning: { zh: '个人信息只显示一部分，如 138****6721。', en: 'Showing only a part of personal data, such as 138****6721.' },
  },
  {
    code: 'purpose',
    area: 'protect',
    zh: '用途',
    en: 'purpose',
    meaning: {
      zh: '看或带走完整个人信息的理由，记入审计日志。',
      en: 'Why somebody looks at or takes away personal data; kept in the audit log.',
    },
  },
  {
    code: 'audit-log',
    area: 'protect',
    zh: '审计日志',
    en: 'audit log',
    meaning: { zh: '谁在何时看了、改了、导出了什么的记录，只增不改。', en: 'Who saw, changed or exported what and when; it only grows.' },
  },
  {
    code: 'second-factor',
    area: 'protect',
    zh: '第二道验证',
    en: 'second factor',
    meaning: { zh: '登录时除密码外再要一组手机上的数字。', en: 'Digits from a phone that signing in takes besides the password.' },
    source: 'RFC 6238 (TOTP)',
  },
  {
    code: 'job',
    area: 'system',
    zh: '作业',
    en: 'job',
    meaning: { zh: '在后台做的事，有进度，能停下。', en: 'Work done in the background; it shows its progress and can be stopped.' },
  },
  {
    code: 'warehouse',
    area: 'system',
    zh: '数据仓库',
    en: 'warehouse',
    meaning: {
      zh: '分析用的一份数据，随档案更新，随时可以重建。',
      en: 'The copy of the data that analyses read; it follows the files and can be rebuilt at any time.',
    },
  },
  {
    code: 'api-key',
    area: 'system',
    zh: 'API 密钥',
    en: 'API key',
    meaning: {
      zh: '让程序代替某人做事的一串字，权限不超过本人。',
      en: 'What lets a program act for somebody, with no more rights than they have.',
    },
  },
] as const satisfies readonly TermEntry[]

export type TermCode = (typeof terms)[number]['code']

/** The terms in whose words or meaning a text stands. */
export function termsWith(text: string): TermEntry[] {
  const wanted = text.trim().toLowerCase()
  const all: readonly TermEntry[] = terms
  return all.filter(({ code, zh, en, meaning }) =>
    [code, zh, en, meaning.zh, meaning.en].some((words) => words.toLowerCase().includes(wanted)),
  )
}
