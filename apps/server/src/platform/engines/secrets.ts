import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { EngineProblem } from './engine-problems.ts'

const Secrets = z.strictObject({
  /** Password of the owner of the embedded database. */
  databasePassword: z.string().min(20),
  /** Signs sessions and encrypts stored credentials unless ZHIKE_SECRET is set. */
  applicationSecret: z.string().min(20),
})
export type Secrets = z.infer<typeof Secrets>

/**
 * The secrets of a data folder, made at its first use; readable by the owner of the process only.
 * @throws EngineProblem `secrets-unreadable` when they are damaged, or missing although the folder holds a database
 */
export function folderSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, 'secrets.json')
  if (existsSync(file)) return readSecrets(file)
  if (existsSync(join(dataFolder, 'postgres', 'PG_VERSION'))) throw new EngineProblem('secrets-unreadable', { file })
  const secrets: Secrets = { databasePassword: randomSecret(), applicationSecret: randomSecret() }
  // Through a second name: a crash in between leaves no half-written file.
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return secrets
}

/** 32 random bytes in letters that need no quoting in addresses and statements. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

function readSecrets(file: string): Secrets {
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new EngineProblem('secrets-unreadable', { file }, error)
  }
}
