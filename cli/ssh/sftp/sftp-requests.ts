import type { SFTPWrapper } from 'ssh2'
import { SftpError } from '../../core/copy/sftp-error.ts'
import { FargateLoginError } from '../../core/error.ts'
import { refusal } from './sftp-status.ts'

/** How ssh2 answers. */
export type Done<T> = (error?: Error | null, value?: T) => void

/** The requests to an SFTP server. Each gets its answer, or the reason why no answer comes. */
export class SftpRequests {
  readonly #sftp: SFTPWrapper
  /** Aborts when no more answers come. */
  readonly #over: AbortSignal
  /** The requests without an answer: what rejects them. One listener for all, because there are many. */
  readonly #waiting = new Set<(reason: unknown) => void>()

  constructor(sftp: SFTPWrapper, lost: AbortSignal, signal: AbortSignal) {
    const closed = new AbortController()
    this.#sftp = sftp
    this.#over = AbortSignal.any([signal, lost, closed.signal])
    this.#over.addEventListener('abort', () => {
      for (const reject of this.#waiting) reject(this.#over.reason)
      this.#waiting.clear()
    })
    // A server that breaks the protocol is left, and `close` follows.
    sftp.on('error', () => sftp.end())
    // The connection may learn the reason a moment later than its channels.
    sftp.on('close', () => setImmediate(() => closed.abort(lost.aborted ? lost.reason : serverEnded())))
  }

  /**
   * Makes a request.
   * @throws SftpError if the server refuses it; the reason why no answer comes
   */
  call<T>(start: (done: Done<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#over.aborted) return reject(this.#over.reason)
      const waiting = this.#waiting
      waiting.add(reject)
      const done: Done<T> = (error, value) => {
        const refused = error && refusal(error)
        // The server broke the protocol, or the channel has ended. Its `close` knows why.
        if (error && !refused) return this.#sftp.end()
        waiting.delete(reject)
        if (refused) reject(refused)
        else resolve(value as T)
      }
      try {
        start(done)
      } catch {
        waiting.delete(reject)
        // ssh2 throws if the server does not know an extension.
        reject(new SftpError('ENOTSUP', 'The SFTP server cannot do it'))
      }
    })
  }
}

function serverEnded(): FargateLoginError {
  return new FargateLoginError('session-refused', 'The SFTP server in the task ended.', {
    hint: "See the task's log.",
  })
}
