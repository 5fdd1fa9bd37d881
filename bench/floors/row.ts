/** What the floors select of a customer for a list. */
export const rowColumns = `c.id, c.number, c.kind, c.name, c.phone, c.email, c.province, c.city, c.district, c.member_level, c.owner_id,
  u.name as owner_name, c.team_id, t.name as team_name, c.orders, c.spent, c.first_order_at, c.last_order_at, c.created_at,
  l.rfm_group, l.rfm_cell, l.abc_class, l.value_level, l.clv_quadrant, l.alive, l.expected_purchases, l.future_value`

export const rowJoins = `left join users u on u.id = c.owner_id left join team t on t.id = c.team_id left join customer_label l on l.customer_id = c.id`

export interface FloorRow {
  id: string
  number: number
  kind: string
  name: string | null
  phone: string | null
  email: string | null
  province: string | null
  city: string | null
  district: string | null
  member_level: string | null
  owner_id: string | null
  owner_name: string | null
  team_id: string | null
  team_name: string | null
  orders: number
  spent: number
  first_order_at: Date | null
  last_order_at: Date | null
  created_at: Date
  [label: string]: unknown
}

const labels = {
  rfm_group: 'rfmGroup',
  rfm_cell: 'rfmCell',
  abc_class: 'abcClass',
  value_level: 'valueLevel',
  clv_quadrant: 'clvQuadrant',
  alive: 'alive',
  expected_purchases: 'expectedPurchases',
  future_value: 'futureValue',
}

/** The row as our list has it, byte for byte. */
export function shown(row: FloorRow) {
  const set: Record<string, unknown> = {}
  for (const [column, field] of Object.entries(labels)) if (row[column] !== null) set[field] = row[column]
  return {
    id: row.id,
    code: `C-${String(row.number).padStart(6, '0')}`,
    kind: row.kind,
    name: row.name,
    phone: row.phone && `${row.phone.slice(3, 6)}****${row.phone.slice(-4)}`,
    email: row.email && row.email.replace(/^(.).*@/, '$1***@'),
    province: row.province,
    city: row.city,
    district: row.district,
    memberLevel: row.member_level,
    owner: row.owner_id && { id: row.owner_id, name: row.owner_name },
    team: row.team_id && { id: row.team_id, name: row.team_name },
    orders: row.orders,
    spent: row.spent,
    firstOrderAt: row.first_order_at,
    lastOrderAt: row.last_order_at,
    createdAt: row.created_at,
    labels: set,
  }
}
