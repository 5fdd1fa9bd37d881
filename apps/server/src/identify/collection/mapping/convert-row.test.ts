import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileRow, type RowOptions } from './convert-row.ts'

const options: RowOptions = { timeZone: 'Asia/Shanghai', currency: 'CNY' }

/** Converts one row given by field. */
function convert<K extends ImportKind>(kind: K, cells: Record<string, string>, extra: Partial<RowOptions> = {}) {
  const columns = Object.keys(cells).map((field, index) => ({ index, header: field, field }))
  return compileRow(kind, columns, { ...options, ...extra })(Object.values(cells))
}

const codes = (row: unknown) =>
  (row as { problems: { field: string | null; code: string }[] }).problems.map(({ field, code }) => `${field}: ${code}`)

describe('customers', () => {
  test('values are normalised', () => {
    const row = convert('customers', {
      name: '张 伟民',
      sex: '男',
      birthDate: '农历正月十五',
      phone: '138-1234-6721',
      email: 'A@QQ.com',
      externalId: '10086.0',
      city: '杭州',
      registeredOn: '2026/1/3 8:00',
      tags: '老客；爱茶；老客',
      note: '—',
    })
    expect(row).toEqual({
      values: {
        kind: 'person',
        values: {
          name: '张伟民',
          sex: 'male',
          birthDate: { calendar: 'lunar', year: null, month: 1, day: 15, leap: false },
          phone: '+8613812346721',
          email: 'a@qq.com',
          externalId: '10086',
          city: '杭州市',
          province: '浙江省',
          registeredOn: '2026-01-03',
          tags: ['老客', '爱茶'],
        },
      },
    })
  })

  test('companies are told by their credit code, their name or the file', () => {
    expect(convert('customers', { name: '苏州云锦纺织有限公司' })).toMatchObject({ values: { kind: 'organization' } })
    expect(convert('customers', { name: '云锦', creditCode: '91350100M000100Y43' })).toMatchObject({ values: { kind: 'organization' } })
    expect(convert('customers', { name: '苏州云锦纺织有限公司', kind: '个人' })).toMatchObject({ values: { kind: 'person' } })
  })

  test('whole addresses and parted names are put right', () => {
    const divided = { province: '浙江省', city: '杭州市', district: '西湖区', address: '文三路1号' }
    expect(convert('customers', { name: '张三', fullAddress: '浙江杭州西湖区文三路1号' })).toMatchObject({ values: { values: divided } })
    expect(convert('customers', { name: '张三', address: '浙江杭州西湖区文三路1号' })).toMatchObject({ values: { values: divided } })
    expect(convert('customers', { surname: 'Lovelace', givenName: 'Ada' })).toMatchObject({ values: { values: { name: 'Ada Lovelace' } } })
    expect(convert('customers', { surname: '欧阳', givenName: '静怡' })).toMatchObject({ values: { values: { name: '欧阳静怡' } } })
  })

  test('everything that is wrong with a row is said at once, with what stood there', () => {
    const row = convert('customers', {
      name: '张三',
      phone: '12345',
      email: 'x',
      birthDate: '1990-02-30',
      sex: '?',
      idNumber: '110105194912310021',
    })
    expect(codes(row)).toEqual([
      'phone: phone-invalid',
      'email: email-invalid',
      'birthDate: birth-date-invalid',
      'sex: sex-unknown',
      'idNumber: id-number-invalid',
    ])
    expect(row).toMatchObject({ problems: [{ column: 'phone', value: '12345' }, {}, {}, {}, {}] })
  })

  test('a blank row is blank, a row without anybody is refused', () => {
    expect(convert('customers', { name: '', phone: '  ' })).toBe('blank')
    expect(codes(convert('customers', { name: '-', city: '杭州' }))).toEqual(['null: customer-empty'])
    expect(convert('customers', { name: '张三', sex: '保密', phone: 'NULL' })).toEqual({
      values: { kind: 'person', values: { name: '张三' } },
    })
  })

  test('what comes out is always what a profile may hold', () => {
    const fields = Object.keys(importKinds.customers)
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(
        '张三',
        '13812346721',
        'a@b.com',
        '1990-01-01',
        '男',
        '企业',
        '浙江省杭州市西湖区文三路1号',
        '2',
        '',
        'x'.repeat(5000),
        'a;b;c',
      ),
    )
    const holds = (cells: string[]) => {
      const row = compileRow(
        'customers',
        fields.map((field, index) => ({ index, field })),
        options,
      )(cells)
      return row === 'blank' || 'problems' in row || ProfileValues.safeParse(row.values.values).success
    }
    const rows = fc.array(cell, { minLength: fields.length, maxLength: fields.length })
    expect(() => fc.assert(fc.property(rows, holds))).not.toThrow()
    // a row with every field bad is always refused: here only one cell at a time is hostile
    const alone = (text: string) =>
      fields.every((field) => {
        const row = compileRow(
          'customers',
          [
            { index: 0, field: 'externalId' },
            { index: 1, field },
          ],
          options,
        )(['10086', text])
        return row === 'blank' || 'problems' in row || ProfileValues.safeParse(row.values.values).success
      })
    expect(() => fc.assert(fc.property(cell, alone), { numRuns: 300 })).not.toThrow()
  })
})

describe('orders and what belongs to them', () => {
  test('an order', () => {
    expect(
      convert('orders', {
        number: ' SO1 ',
        placedAt: '2026-01-03 08:05',
        amount: '¥1,234.50',
        discount: '-',
        quantity: '2.5',
        status: '交易成功',
        customerPhone: '13812346721',
      }),
    ).toEqual({
      values: {
        number: 'SO1',
        placedAt: new Date('2026-01-03T00:05:00Z'),
        amount: 123450,
        currency: 'CNY',
        quantity: 2.5,
        status: 'completed',
        customerPhone: '+8613812346721',
      },
    })
  })

  test('an order line of the published invoices', () => {
    expect(
      convert(
        'order-lines',
        {
          orderNumber: '536365',
          productCode: '85123A',
          productName: 'WHITE HANGING HEART T-LIGHT HOLDER',
          quantity: '-6',
          placedAt: '12/1/2010 8:26',
          unitPrice: '2.55',
          customerExternalId: '17850.0',
          country: 'United Kingdom',
        },
        { timeZone: 'Europe/London', currency: 'GBP', dateFormat: 'month-first' },
      ),
    ).toEqual({
      values: {
        orderNumber: '536365',
        productCode: '85123A',
        productName: 'WHITE HANGING HEART T-LIGHT HOLDER',
        quantity: -6,
        placedAt: new Date('2010-12-01T08:26:00Z'),
        unitPrice: 25500,
        customerExternalId: '17850',
        country: 'United Kingdom',
        currency: 'GBP',
      },
    })
  })

  test('the currency is the cell’s, else the column’s, else the import’s; two of them are a problem', () => {
    const base = { orderNumber: '1', paidAt: '2026-01-03' }
    expect(convert('payments', { ...base, amount: '$5' })).toMatchObject({ values: { currency: 'USD', amount: 500 } })
    expect(convert('payments', { ...base, amount: '500', currency: '日元' })).toMatchObject({ values: { currency: 'JPY', amount: 500 } })
    expect(convert('payments', { ...base, amount: '5' })).toMatchObject({ values: { currency: 'CNY', amount: 500 } })
    expect(codes(convert('payments', { ...base, amount: '€5', currency: 'USD' }))).toEqual(['amount: currency-conflict'])
    expect(codes(convert('payments', { ...base, amount: '5', currency: 'bitcoins' }))).toEqual(['currency: currency-unknown'])
  })

  test('required values that are missing or wrong are named once', () => {
    expect(codes(convert('orders', { placedAt: '', amount: 'x' }))).toEqual(['amount: money-invalid', 'placedAt: value-missing'])
    expect(codes(convert('returns', { orderNumber: '1', returnedAt: '2026-02-30', amount: '1' }))).toEqual(['returnedAt: date-invalid'])
    expect(codes(convert('orders', { placedAt: '1/2/2026', amount: '1' }))).toEqual(['placedAt: date-ambiguous'])
  })

  test('a contact', () => {
    expect(
      convert('contacts', {
        happenedAt: '2026年1月5日 14:30',
        medium: '企业微信',
        direction: '呼出',
        content: '第一行\r\n第二行',
        customerName: '张 三',
      }),
    ).toEqual({
      values: {
        happenedAt: new Date('2026-01-05T06:30:00Z'),
        medium: 'wechat',
        direction: 'out',
        content: '第一行\n第二行',
        customerName: '张三',
      },
    })
  })

  test.each([
    ['已取消', 'cancelled'],
    ['待付款', 'open'],
    ['未付款', 'open'],
    ['已付款', 'paid'],
    ['已发货', 'paid'],
    ['Completed', 'completed'],
    ['交易关闭', 'cancelled'],
    ['unpaid', 'open'],
  ])('status %s is %s', (status, kept) => {
    expect(convert('orders', { placedAt: '2026-01-03', amount: '1', status })).toMatchObject({ values: { status: kept } })
  })
})
