import { type AppOptions, startApp } from '../../src/app.ts'

/** A server in a process of its own, so that a test can kill it: `node server-process.ts JSON`. Tells its address when it serves. */
const app = await startApp(JSON.parse(process.argv[2] ?? '{}') as AppOptions)
process.on('disconnect', () => process.exit())
process.send?.(app.url)
