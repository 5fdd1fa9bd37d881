import { spawn } from 'node:child_process'

/** Server with a restart at each change, and the web app with hot reload in front of it. */
const children = [
  spawn(process.execPath, ['--watch-preserve-output', '--watch', 'apps/server/src/main.ts'], { stdio: 'inherit' }),
  spawn('node_modules/.bin/vite', ['apps/web'], { stdio: 'inherit' }),
]
const stop = () => children.forEach((child) => child.kill('SIGTERM'))
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
for (const child of children) child.on('exit', stop)
