import { RequestProblem, urlOf } from '@zhike/contract/client.ts'
import type { StoredFile } from '@zhike/contract/platform/files.ts'
import * as files from '@zhike/contract/platform/files.ts'
import type { ProblemBody } from '@zhike/contract/problems.ts'
import { localeTag } from './i18n.ts'

/**
 * Stores a file on the server and tells how much of it is there, 0–1: the one thing that `fetch` cannot tell.
 * @throws RequestProblem when refused, TypeError when the server cannot be reached, the signal's reason when given up
 */
export function uploadFile(file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(files.upload.method, urlOf(files.upload))
    request.setRequestHeader('accept-language', localeTag())
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response as StoredFile)
      else reject(new RequestProblem((request.response as ProblemBody | null) ?? unnamed(request.status)))
    })
    request.addEventListener('error', () => reject(new TypeError('the server cannot be reached')))
    request.addEventListener('abort', () => reject(signal.reason as Error))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const body = new FormData()
    body.append('file', file)
    request.send(body)
  })
}

const unnamed = (status: number): ProblemBody => ({ type: '/problems/internal-error', title: `HTTP ${status}`, status })
