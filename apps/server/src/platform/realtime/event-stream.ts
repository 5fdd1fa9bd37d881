import type { ServerResponse } from 'node:http'

/** One open answer of `text/event-stream`. */
export interface EventStream {
  /** Sends, or keeps for a slow reader: only the latest text of a topic is kept. */
  send(topic: string, text: string): void
  end(): void
  onEnd(heard: () => void): void
}

/** A reader that is so many topics behind is let go; it comes back and reads the state anew. */
const mostPending = 200

/** An event in the wire format of server-sent events. */
export const eventText = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Begins the stream on a response that nobody else writes to. */
export function openEventStream(response: ServerResponse, headers: Readonly<Record<string, unknown>>): EventStream {
  const pending = new Map<string, string>()
  const heard: (() => void)[] = []
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value as string)
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  response.write('retry: 2000\n\n')
  response.on('drain', () => {
    for (const [topic, text] of pending) {
      if (response.writableNeedDrain) return
      pending.delete(topic)
      response.write(text)
    }
  })
  response.once('close', () => {
    for (const each of heard) each()
  })
  response.on('error', () => response.destroy())
  return {
    send: (topic, text) => {
      if (response.destroyed || response.writableEnded) return
      if (!response.writableNeedDrain) {
        response.write(text)
        return
      }
      pending.delete(topic)
      pending.set(topic, text)
      if (pending.size > mostPending) response.destroy()
    },
    // Not end(): a reader that does not read would keep what was promised to be over.
    end: () => response.destroy(),
    onEnd: (each) => heard.push(each),
  }
}
