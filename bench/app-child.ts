import { type AppOptions, startApp } from '../apps/server/src/app.ts'
import { createLogger } from '../apps/server/src/platform/log/logger.ts'

// The server that is measured: everything as in production, the log included.

export type AppWish = Pick<AppOptions, 'database' | 'warehouse' | 'secret' | 'dataFolder' | 'webFolder'>

process.once('message', (wish: AppWish) => {
  void startApp({ ...wish, host: '127.0.0.1', port: 0, logger: createLogger('info') }).then((app) => {
    process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)))
    process.once('disconnect', () => process.exit(1))
    process.send?.({ url: app.url })
  })
})
