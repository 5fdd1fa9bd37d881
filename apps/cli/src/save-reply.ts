import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { UsageProblem } from './failure.ts'

/** Writes the file of a reply, and answers with its bytes. @throws UsageProblem when it cannot be written there */
export async function saveReply(reply: Response, file: string): Promise<number> {
  try {
    await pipeline(bodyOf(reply), createWriteStream(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error
    throw new UsageProblem({ zh: '无法写入 {file}（{code}）。', en: '{file} cannot be written ({code}).' }, { file, code })
  }
  return (await stat(file)).size
}

/** Writes the file of a reply to the standard output. A reader that has seen enough, such as `head`, is no mistake. */
export async function printReply(reply: Response): Promise<void> {
  try {
    for await (const piece of bodyOf(reply)) {
      if (!process.stdout.write(piece as Uint8Array)) await new Promise((resolve) => process.stdout.once('drain', resolve))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  }
}

const bodyOf = (reply: Response): Readable => (reply.body ? Readable.fromWeb(reply.body as ReadableStream) : Readable.from([]))
