import type { Locale } from './locale.ts'

type Texts = Record<string, Record<Locale, string>>

/** Why a file cannot be read. Places: {row} {limit} {found}. */
export const fileProblemTexts = {
  'file-missing': { zh: '文件不存在', en: 'The file is not there' },
  'file-empty': { zh: '文件里没有内容', en: 'The file is empty' },
  'file-too-big': { zh: '文件过大，读取所需内存超出上限。拆成几个文件再导入', en: 'The file is too big to read. Split it into several' },
  'file-not-text': { zh: '这不是表格文件。支持 CSV 和 XLSX', en: 'This is no table. CSV and XLSX files can be read' },
  'file-old-excel': {
    zh: '这是旧版 Excel 文件或带密码的文件。去掉密码，另存为 XLSX 后再导入',
    en: 'This is an old Excel file or one with a password. Remove the password and save it as XLSX',
  },
  'file-broken': { zh: '文件已损坏，读不出表格', en: 'The file is damaged; there is no table to read' },
  'archive-bomb': { zh: '文件展开后异常庞大，已拒绝读取', en: 'The file unpacks to an abnormal size and was refused' },
  'sheet-missing': { zh: '没有名为“{found}”的工作表', en: 'There is no sheet named “{found}”' },
  'encoding-mixed': { zh: '文件里混有几种文字编码。用 UTF-8 另存后再导入', en: 'The file mixes several encodings. Save it as UTF-8' },
  'encoding-unknown': { zh: '不支持编码 {found}', en: 'The encoding {found} is not supported' },
  'row-too-long': {
    zh: '第 {row} 行超过 {limit} 个字符，可能缺了一个引号',
    en: 'Row {row} has more than {limit} characters; perhaps a quotation mark is missing',
  },
  'too-many-columns': { zh: '第 {row} 行超过 {limit} 列', en: 'Row {row} has more than {limit} columns' },
  'no-header': { zh: '找不到标题行', en: 'There is no header row' },
} as const satisfies Texts

/** Why a row was not imported. */
export const rowProblemTexts = {
  'encoding-bad': { zh: '这一行的文字编码与文件不一致', en: 'This row is in another encoding than the file' },
  'quote-unclosed': { zh: '引号没有成对', en: 'A quotation mark is not closed' },
  'nul-byte': { zh: '含有无法保存的字符', en: 'Contains characters that cannot be kept' },
  'row-too-long': { zh: '这一行过长', en: 'The row is too long' },
  'too-many-columns': { zh: '这一行列数过多', en: 'The row has too many columns' },
  'value-missing': { zh: '必填项为空', en: 'This value is required' },
  'text-too-long': { zh: '文字过长', en: 'The text is too long' },
  'phone-invalid': { zh: '不是有效的电话号码；座机要带区号', en: 'No valid phone number; landlines need their area code' },
  'email-invalid': { zh: '不是有效的邮箱地址', en: 'No valid e-mail address' },
  'money-invalid': { zh: '不是金额', en: 'No amount of money' },
  'money-ambiguous': { zh: '看不出小数点在哪里', en: 'It is not clear where the decimals begin' },
  'money-too-big': { zh: '金额超出范围', en: 'The amount is out of range' },
  'quantity-invalid': { zh: '不是数量（最多三位小数）', en: 'No quantity (three decimals at most)' },
  'line-number-invalid': { zh: '不是行号（从 1 起的整数）', en: 'No line number (a whole number from 1)' },
  'line-number-repeated': {
    zh: '文件里已有这个订单的这个行号，前面那一行已采用',
    en: 'The file has this line number of this order already; the earlier row counts',
  },
  'percent-invalid': { zh: '不是百分比', en: 'No percentage' },
  'date-invalid': { zh: '不是有效的日期', en: 'No valid date' },
  'date-ambiguous': { zh: '分不清日和月，选定日期格式后重试', en: 'Day and month cannot be told apart; choose the date format' },
  'birth-date-invalid': { zh: '不是有效的生日', en: 'No valid birth date' },
  'sex-unknown': { zh: '看不懂的性别', en: 'Sex not understood' },
  'kind-unknown': { zh: '看不懂的客户类型，应为个人或企业', en: 'Customer type not understood: person or organization' },
  'id-number-invalid': { zh: '身份证号校验不通过', en: 'The identity number fails its check' },
  'credit-code-invalid': { zh: '统一社会信用代码校验不通过', en: 'The credit code fails its check' },
  'currency-unknown': { zh: '不认识的币种', en: 'Unknown currency' },
  'currency-conflict': { zh: '同一行里出现了不同的币种', en: 'The row names different currencies' },
  'status-unknown': { zh: '看不懂的状态', en: 'Status not understood' },
  'direction-unknown': { zh: '看不懂的方向，应为呼入或呼出', en: 'Direction not understood: inbound or outbound' },
  'too-many-tags': { zh: '标签超过 50 个', en: 'More than 50 tags' },
  'row-refused': { zh: '数据库无法保存这一行', en: 'The database cannot keep this row' },
  'rate-missing': {
    zh: '这一天及之前没有该币种的汇率；补录汇率后重新导入这些行',
    en: 'No exchange rate of this currency is known up to the day; enter one and import these rows again',
  },
  'customer-missing': { zh: '没有写明是哪位客户', en: 'Nothing says which customer it is' },
  'order-unknown': { zh: '没有这个订单', en: 'There is no such order' },
  'product-unknown': { zh: '没有这个商品', en: 'There is no such product' },
  'customer-unknown': { zh: '没有这位客户', en: 'There is no such customer' },
  'customer-empty': {
    zh: '姓名、电话、邮箱、编号都没有，认不出是谁',
    en: 'Neither name, phone, e-mail nor number: nobody to be recognised',
  },
} as const satisfies Texts
