import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Lets the server stop although connections stay open: those that never asked anything (a browser opens some in advance, and
 * Node does not count them as idle) are closed at once, those in the middle of an answer after `graceMs`.
 */
export function limitClosing(app: FastifyInstance, graceMs = 10_000): void {
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.addHook('preClose', async () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref()
  })
}
