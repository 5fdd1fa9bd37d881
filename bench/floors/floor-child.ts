import Fastify from 'fastify'
import { connect } from '../../apps/server/src/platform/database/database.ts'
import type { DatabaseAddress } from '../../apps/server/src/platform/engines/engines.ts'
import { floors } from './floors.ts'

// The floors' server: as the owner of the database, whom no policy holds.

process.once('message', (database: DatabaseAddress) => {
  const sql = connect(database, { max: 8, name: 'floor' })
  const app = Fastify()
  for (const floor of Object.values(floors)) floor.register(app, sql)
  process.once('disconnect', () => process.exit(0))
  void app.listen({ host: '127.0.0.1', port: 0 }).then((url) => process.send?.({ url }))
})
