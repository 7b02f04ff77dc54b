import type { Duplex } from 'node:stream'
import { FargateLoginError } from '../core/error.ts'
import { settleOnce } from '../core/wait/settle.ts'
import type { Feature } from '../session/ports/ssh.ts'

/** RFC 4253 allows lines before the identification, which has at most 255 characters. Anything longer is not SSH. */
const MOST_BYTES = 8 * 1024
/** sshd greets at once, but a busy one may be slow. */
const TIME_LIMIT_MS = 10_000

/** What OpenSSH sends instead of its identification while MaxStartups or PerSourcePenalties forbid another login. */
const FULL = /^(?:Not allowed at this time|Exceeded MaxStartups)\r?\n/
const FULL_HINT =
  'Too many connections are logging in, or one from your address did not log in within 20 seconds. Try again in a few minutes.'
const HINT = 'Check --port. A proxy or load balancer in between, or a hung sshd, can look like this too.'

/**
 * Reads ahead to the server's identification, `SSH-2.0-…`, and puts all bytes back.
 * @param host the server's name in messages
 * @throws FargateLoginError `connection-refused` (closed at once, or too busy), `connection-silent`, `not-ssh`
 */
export function readBanner(bytes: Duplex, host: string, signal: AbortSignal): Promise<string> {
  return settleOnce(signal, ({ resolve, reject, afterwards }) => {
    let seen = Buffer.alloc(0)
    const refuse = (
      code: 'connection-refused' | 'connection-silent' | 'not-ssh',
      does: string,
      hint?: string,
    ) => reject(new FargateLoginError(code, `${host} accepts the connection and ${does}.`, { hint }))
    const refuseWords = () => {
      if (FULL.test(seen.toString('latin1')))
        refuse('connection-refused', 'lets nobody in at the moment', FULL_HINT)
      else refuse('not-ssh', `does not speak SSH: ${excerpt(seen)}`, HINT)
    }
    const onEnd = () => {
      if (seen.length === 0) refuse('connection-refused', 'closes it at once')
      else refuseWords()
    }
    const onReadable = () => {
      for (let chunk = bytes.read(); chunk !== null; chunk = bytes.read()) seen = Buffer.concat([seen, chunk])
      const banner = /^SSH-[^\r\n]*(?=\r?\n)/m.exec(seen.toString('latin1', 0, MOST_BYTES))?.[0]
      if (banner !== undefined) {
        bytes.unshift(seen)
        resolve(banner)
      } else if (seen.length >= MOST_BYTES) refuseWords()
    }
    const onSilence = () => {
      if (seen.length === 0) refuse('connection-silent', 'sends nothing', HINT)
      else refuseWords()
    }
    const timer = setTimeout(onSilence, TIME_LIMIT_MS)
    bytes.on('readable', onReadable).on('end', onEnd).on('error', onEnd).on('close', onEnd)
    afterwards(() => {
      clearTimeout(timer)
      bytes.off('readable', onReadable).off('end', onEnd).off('error', onEnd).off('close', onEnd)
    })
  })
}

/** The container's user, as the paired image announces it: `SSH-2.0-OpenSSH_10.0 fargate-login user=app`. */
export function bannerUser(banner: string): string | undefined {
  return /\sfargate-login\s(?:\S+\s)*?user=([^\s]+)/.exec(`${banner} `)?.[1]
}

const FEATURES: readonly Feature[] = ['enter', 'hold']

/** The optional features of the paired image: the words after `fargate-login` that this version knows. */
export function bannerFeatures(banner: string): ReadonlySet<Feature> {
  const words = / fargate-login (.*)$/.exec(banner)?.[1]?.split(' ')
  if (!words) return new Set()
  return new Set(['linger', ...FEATURES.filter((feature) => words.includes(feature))])
}

/** Foreign bytes for an error message, as printable ASCII. */
function excerpt(bytes: Buffer): string {
  const text = bytes.toString('latin1', 0, 60).replace(/[^ -~]/g, '?')
  return JSON.stringify(text)
}
