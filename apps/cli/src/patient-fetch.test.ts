import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { isLoopback, patientFetch } from './patient-fetch.ts'

let server: Server | undefined
afterEach(() => {
  server?.close()
  server = undefined
})

async function listen(port: number): Promise<number> {
  const made = createServer((_, reply) => reply.end('served'))
  server = made
  await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', () => resolve()))
  return (made.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const port = await listen(0)
  await new Promise((resolve) => server?.close(resolve))
  return port
}

test('a server that starts late is waited for, which is said once', async () => {
  const port = await freePort()
  const onWait = vi.fn<() => void>()
  const url = `http://127.0.0.1:${port}`
  setTimeout(() => void listen(port), 700)
  const reply = await patientFetch(url, onWait)(url, { headers: { connection: 'close' } })
  expect(await reply.text()).toBe('served')
  expect(onWait).toHaveBeenCalledTimes(1)
})

test('waiting ends', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  await expect(patientFetch(url, () => {}, 100)(url)).rejects.toThrow(TypeError)
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.8.0.1', true],
  ['[::1]', true],
  ['10.0.0.1', false],
  ['127.example.com', false],
  ['crm.example.com', false],
])('%s is on this machine: %s', (hostname, local) => {
  expect(isLoopback(hostname)).toBe(local)
})
