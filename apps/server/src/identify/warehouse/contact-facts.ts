import { companyDay, type FactSource, instant } from '../../platform/warehouse/tables.ts'

export const contactFacts: FactSource = {
  from: 'contact',
  number: 'key',
  events: ['contact.recorded', 'contact.changed'],
  tables: [
    {
      name: 'contact_fact',
      kind: 'signed',
      columns: {
        contact: 'UInt64',
        profile: 'UInt64',
        happened_at: "DateTime64(3, 'UTC')",
        day: 'Date32',
        channel: 'UInt32',
        medium: 'LowCardinality(String)',
        direction: 'LowCardinality(String)',
      },
      key: 'contact',
      orderBy: ['profile', 'happened_at', 'contact'],
      rows: (keys) => `
        select c.key, p.number, ${instant('c.happened_at')}, ${companyDay('c.happened_at')}, c.channel_id, c.medium, c.direction
          from contact c
          join profile p on p.id = c.profile_id
         where ${keys('c.key')} and c.retracted_at is null`,
    },
  ],
}
