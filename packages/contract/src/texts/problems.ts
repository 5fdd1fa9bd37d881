import type { ProblemName } from '../problems.ts'
import { fill, type Locale } from './locale.ts'

interface Text {
  title: string
  /** What to do about it. */
  detail?: string
}

const texts: Record<ProblemName, Record<Locale, Text>> = {
  'invalid-request': {
    zh: { title: '提交的内容有误', detail: '按各字段的说明改正后再试。' },
    en: { title: 'Something in the request is wrong', detail: 'Correct the fields named below and try again.' },
  },
  'not-signed-in': { zh: { title: '尚未登录', detail: '登录后再试。' }, en: { title: 'Not signed in', detail: 'Sign in and try again.' } },
  'right-missing': {
    zh: { title: '没有这项权限', detail: '需要权限 {right}，可向管理员申请。' },
    en: { title: 'You may not do this', detail: 'It needs the right {right}; an administrator can grant it.' },
  },
  'page-not-found': { zh: { title: '没有这个地址' }, en: { title: 'There is nothing at this address' } },
  'method-not-allowed': { zh: { title: '这个地址不支持该操作' }, en: { title: 'This address does not support that operation' } },
  'body-too-large': {
    zh: { title: '内容过大', detail: '上限 {limit}。' },
    en: { title: 'Too much content', detail: 'The limit is {limit}.' },
  },
  'media-type-unsupported': {
    zh: { title: '内容格式不支持', detail: '以 application/json 提交。' },
    en: { title: 'Unsupported content type', detail: 'Send application/json.' },
  },
  'version-required': {
    zh: { title: '缺少版本号', detail: '修改时在 If-Match 中带上读到的 ETag。' },
    en: { title: 'The version is missing', detail: 'Send the ETag that you read in If-Match.' },
  },
  'edit-conflict': {
    zh: { title: '这条记录刚被别人改过', detail: '重新载入后再改，你输入的内容不会丢。' },
    en: { title: 'Somebody else has just changed this record', detail: 'Load it again and repeat your change.' },
  },
  'too-many-requests': {
    zh: { title: '操作太频繁', detail: '{seconds} 秒后再试。' },
    en: { title: 'Too many requests', detail: 'Try again in {seconds} seconds.' },
  },
  'idempotency-key-reused': {
    zh: { title: '同一个 Idempotency-Key 用在了不同的请求上' },
    en: { title: 'This Idempotency-Key was used for another request' },
  },
  'internal-error': {
    zh: { title: '系统出错', detail: '已记录，编号 {requestId}。' },
    en: { title: 'Something broke on our side', detail: 'It was recorded as {requestId}.' },
  },
  'engine-away': {
    zh: { title: '数据引擎正在恢复', detail: '几秒后再试，已保存的内容不受影响。' },
    en: { title: 'A data engine is coming back', detail: 'Try again in a few seconds. What was saved is safe.' },
  },
  'storage-full': {
    zh: { title: '磁盘已满', detail: '管理员清出空间后再试。没有写入任何内容。' },
    en: { title: 'The disk is full', detail: 'Nothing was written. Try again when an administrator has made room.' },
  },
  overloaded: { zh: { title: '系统繁忙', detail: '稍后再试。' }, en: { title: 'Too busy right now', detail: 'Try again shortly.' } },
  'setup-done': { zh: { title: '已经完成首次设置' }, en: { title: 'The first run is already done' } },
  'company-not-empty': {
    zh: { title: '公司里已有数据', detail: '演示数据只能装进空的公司，以免和真实的混在一起。' },
    en: {
      title: 'The company is not empty',
      detail: 'The demo goes into an empty company only, so that it never mixes with what is real.',
    },
  },
  'setup-needed': { zh: { title: '还没有完成首次设置' }, en: { title: 'The first run has not been done yet' } },
  'sign-in-failed': {
    zh: { title: '邮箱或密码不对' },
    en: { title: 'E-mail or password is wrong' },
  },
  'second-factor-needed': { zh: { title: '还需要动态验证码' }, en: { title: 'The second factor is needed' } },
  'second-factor-failed': { zh: { title: '验证码不对或已用过' }, en: { title: 'The code is wrong or was used before' } },
  'second-factor-on': { zh: { title: '两步验证已经开启' }, en: { title: 'The second factor is already on' } },
  'second-factor-off': { zh: { title: '两步验证没有开启' }, en: { title: 'The second factor is not on' } },
  'password-wrong': { zh: { title: '当前密码不对' }, en: { title: 'The current password is wrong' } },
  'session-needed': {
    zh: { title: '须登录后在浏览器中操作', detail: 'API 密钥不能做这件事。' },
    en: { title: 'Only for somebody who has signed in', detail: 'An API key cannot do this.' },
  },
  'session-not-found': { zh: { title: '没有这个登录会话' }, en: { title: 'No such session' } },
  'cross-site-request': {
    zh: { title: '请求来自别的网站', detail: '请在本系统的页面中操作。' },
    en: { title: 'The request came from another site', detail: 'Use the pages of this system.' },
  },
  'password-too-weak': {
    zh: { title: '密码太容易猜到', detail: '用至少 8 个字符，不要用常见密码。' },
    en: { title: 'This password is too easy to guess', detail: 'Use at least 8 characters and no common password.' },
  },
  'link-expired': {
    zh: { title: '链接已失效', detail: '请管理员重新发一个。' },
    en: { title: 'This link is no longer valid', detail: 'Ask an administrator for a new one.' },
  },
  'purpose-needed': {
    zh: { title: '要写明用途', detail: '查看或带走个人信息须写明用途。' },
    en: { title: 'A purpose is needed', detail: 'State why you need personal data.' },
  },
  'user-not-found': { zh: { title: '没有这个用户' }, en: { title: 'No such user' } },
  'email-taken': { zh: { title: '这个邮箱已有用户' }, en: { title: 'A user with this e-mail exists' } },
  'last-administrator': {
    zh: { title: '至少要留一位管理员' },
    en: { title: 'At least one administrator must remain' },
  },
  'team-not-found': { zh: { title: '没有这个团队' }, en: { title: 'No such team' } },
  'team-name-taken': { zh: { title: '同级已有同名团队' }, en: { title: 'A team of this name exists there' } },
  'team-in-use': {
    zh: { title: '团队仍在使用', detail: '先移走成员、下级和客户。' },
    en: { title: 'The team is in use', detail: 'Move its people, teams and customers first.' },
  },
  'team-circle': { zh: { title: '团队不能放到自己下面' }, en: { title: 'A team cannot be below itself' } },
  'role-not-found': { zh: { title: '没有这个角色' }, en: { title: 'No such role' } },
  'role-name-taken': { zh: { title: '已有同名角色' }, en: { title: 'A role of this name exists' } },
  'role-built-in': { zh: { title: '内置角色不能修改' }, en: { title: 'Built-in roles cannot be changed' } },
  'role-in-use': { zh: { title: '仍有人使用这个角色' }, en: { title: 'Somebody still has this role' } },
  'grant-exceeds-own': {
    zh: { title: '不能授予自己没有的权限' },
    en: { title: 'You cannot grant more than you have' },
  },
  'api-key-not-found': { zh: { title: '没有这个密钥' }, en: { title: 'No such API key' } },
  'job-not-found': { zh: { title: '没有这个任务' }, en: { title: 'No such job' } },
  'job-finished': { zh: { title: '任务已经结束' }, en: { title: 'The job has already finished' } },
  'file-not-found': { zh: { title: '没有这个文件' }, en: { title: 'No such file' } },
  'file-unreadable': { zh: { title: '文件无法读取', detail: '{reason}' }, en: { title: 'The file cannot be read', detail: '{reason}' } },
  'backup-not-found': { zh: { title: '没有这个备份' }, en: { title: 'No such backup' } },
  'backup-running': {
    zh: { title: '正在备份', detail: '等它完成，或先取消该任务。' },
    en: { title: 'A backup is being written', detail: 'Wait for it, or cancel its job first.' },
  },
  'backup-external': {
    zh: { title: '当前使用的不是内置数据库', detail: '请用该数据库服务器自带的工具备份。' },
    en: { title: 'The database is not the embedded one', detail: 'Back it up with the tools of its own server.' },
  },
  'customer-not-found': { zh: { title: '没有这位客户' }, en: { title: 'No such customer' } },
  'customer-exists': {
    zh: { title: '已有这位客户', detail: '{code} 用的是同一个{field}。' },
    en: { title: 'This customer exists', detail: '{code} has the same {field}.' },
  },
  'customer-exists-elsewhere': {
    zh: { title: '已有这位客户', detail: '由{owner}负责。' },
    en: { title: 'This customer exists', detail: 'The owner is {owner}.' },
  },
  'channel-not-found': { zh: { title: '没有这个渠道' }, en: { title: 'No such channel' } },
  'channel-code-taken': { zh: { title: '渠道代码已被使用' }, en: { title: 'This channel code is taken' } },
  'profile-not-found': { zh: { title: '没有这份来源档案' }, en: { title: 'No such profile' } },
  'profile-only-one': { zh: { title: '只有一份来源档案，无法拆出' }, en: { title: 'A customer with one profile cannot be split' } },
  'product-not-found': { zh: { title: '没有这个商品' }, en: { title: 'No such product' } },
  'product-code-taken': { zh: { title: '商品编码已存在' }, en: { title: 'A product with this code exists' } },
  'order-not-found': { zh: { title: '没有这个订单' }, en: { title: 'No such order' } },
  'order-number-taken': { zh: { title: '这个渠道已有同号订单' }, en: { title: 'This channel has an order of that number' } },
  'exchange-rate-not-found': { zh: { title: '没有这个汇率' }, en: { title: 'No such exchange rate' } },
  'import-not-found': { zh: { title: '没有这次导入' }, en: { title: 'No such import' } },
  'import-state': {
    zh: { title: '导入当前状态不能这样操作', detail: '当前状态：{state}。' },
    en: { title: 'Not possible in the import’s state', detail: 'It is {state}.' },
  },
  'mapping-incomplete': {
    zh: { title: '必需的列还没有对应', detail: '缺少：{fields}。' },
    en: { title: 'A required column is not mapped', detail: 'Missing: {fields}.' },
  },
  'mapping-not-found': { zh: { title: '没有这个列对应方案' }, en: { title: 'No such saved mapping' } },
  'view-not-found': { zh: { title: '没有这个视图' }, en: { title: 'No such view' } },
  'view-name-taken': { zh: { title: '已有同名视图' }, en: { title: 'A view of this name exists' } },
  'too-many-views': {
    zh: { title: '视图已有 50 个', detail: '先删掉不用的，再存新的。' },
    en: { title: 'There are 50 views already', detail: 'Delete one that is not used, then save this one.' },
  },
  'mapping-name-taken': { zh: { title: '已有同名方案' }, en: { title: 'A mapping of this name exists' } },
  'analysis-not-found': { zh: { title: '没有这个分析' }, en: { title: 'No such analysis' } },
  'analysis-name-taken': { zh: { title: '已有同名分析' }, en: { title: 'An analysis of this name exists' } },
  'run-not-found': { zh: { title: '没有这次结果' }, en: { title: 'No such run' } },
  'run-not-finished': { zh: { title: '这次分析还没有结果' }, en: { title: 'This run has no result yet' } },
  'nothing-to-analyse': {
    zh: { title: '没有可分析的数据', detail: '{reason}' },
    en: { title: 'There is nothing to analyse', detail: '{reason}' },
  },
}

const fieldTexts: Record<string, Record<Locale, string>> = {
  unknown_key: { zh: '没有这个字段', en: 'There is no such field' },
  required: { zh: '必填', en: 'Required' },
  wrong_type: { zh: '类型应为 {expected}', en: 'Should be of type {expected}' },
  wrong_format: { zh: '格式不对（{format}）', en: 'Not a valid {format}' },
  not_one_of: { zh: '只能是：{allowed}', en: 'Must be one of: {allowed}' },
  too_small_text: { zh: '至少 {minimum} 个字符', en: 'At least {minimum} characters' },
  too_big_text: { zh: '最多 {maximum} 个字符', en: 'At most {maximum} characters' },
  too_small_list: { zh: '至少 {minimum} 项', en: 'At least {minimum} items' },
  too_big_list: { zh: '最多 {maximum} 项', en: 'At most {maximum} items' },
  too_small_number: { zh: '不小于 {minimum}', en: 'At least {minimum}' },
  too_big_number: { zh: '不大于 {maximum}', en: 'At most {maximum}' },
  text_not_allowed: { zh: '含有无法保存的字符', en: 'Contains characters that cannot be kept' },
  invalid_phone: { zh: '不是有效的电话号码', en: 'Not a valid phone number' },
  invalid_email: { zh: '不是有效的邮箱', en: 'Not a valid e-mail address' },
  invalid_date: { zh: '不是有效的日期', en: 'Not a valid date' },
  invalid_id_number: { zh: '身份证号不正确', en: 'Not a valid resident ID number' },
  invalid_credit_code: { zh: '统一社会信用代码不正确', en: 'Not a valid unified social credit code' },
  invalid_time_zone: { zh: '没有这个时区', en: 'No such time zone' },
  not_for_kind: { zh: '这类客户没有此项', en: 'Not a field of this kind of customer' },
  field_masked: { zh: '该字段对你是掩码，只能用完整值或后四位查找', en: 'You see this field masked: only whole values can be looked up' },
  not_shareable: {
    zh: '含有手机或邮箱的视图只能自己用，不能与团队共享',
    en: 'A view with a phone or an e-mail in it is for oneself: it cannot be shared with a team',
  },
  not_readable: { zh: '你无权查看该字段', en: 'You may not see this field' },
  outside_scope: { zh: '不在你的权限范围内', en: 'Outside what you may look after' },
  no_exchange_rate: { zh: '没有 {currency} 在 {day} 的汇率', en: 'There is no exchange rate of {currency} for {day}' },
  reporting_currency: { zh: '这是报表货币，不需要汇率', en: 'This is the reporting currency; it needs no rate' },
  named_twice: { zh: '重复出现', en: 'Named twice' },
  invalid: { zh: '值不正确', en: 'Not a valid value' },
}

/** Title and advice of a problem. */
export function problemText(name: ProblemName, locale: Locale, values: Record<string, unknown> = {}): Text {
  const text = texts[name][locale]
  return { title: fill(text.title, values), ...(text.detail ? { detail: fill(text.detail, values) } : {}) }
}

/** What is wrong with a field. */
export function fieldProblemText(code: string, locale: Locale, values: Record<string, unknown> = {}): string {
  const text = fieldTexts[code] ?? fieldTexts['invalid']
  return fill(text?.[locale] ?? code, values)
}
