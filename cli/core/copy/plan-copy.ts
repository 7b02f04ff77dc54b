import { FargateLoginError } from '../error.ts'
import { type Operand, parseOperand } from './operand.ts'

/** What a copy does, before anything is known about the files. */
export interface PlannedCopy {
  readonly direction: 'download' | 'upload'
  /** Paths on the one side. A remote path may have wildcards. `-` is stdin. */
  readonly sources: readonly string[]
  /** A path on the other side. `-` is stdout. */
  readonly destination: string
  /** Whether to compare SHA-256 of both sides. */
  readonly verify: boolean
  /** Whether to continue an earlier copy. */
  readonly resume: boolean
}

type Route = Pick<PlannedCopy, 'direction' | 'sources' | 'destination'> & {
  /** The target that the remote words name, if any. */
  readonly target: string | undefined
}

/**
 * Reads the operands SRC... DST.
 * @param drives whether `C:/x` is a local path, as on Windows
 * @throws FargateLoginError `usage`
 */
export function planRoute(words: readonly string[], drives: boolean): Route {
  const destination = words.at(-1)
  if (destination === undefined || words.length < 2) {
    throw usage('cp needs a source and a destination.', EXAMPLE)
  }
  if (words.includes(''))
    throw usage('A path is empty.', 'A remote path is [TARGET]:PATH. For the working directory, use :.')
  const sources = words.slice(0, -1).map((word) => parseOperand(word, drives))
  const to = parseOperand(destination, drives)
  const remote = [...sources, to].filter((one) => one.kind === 'remote')
  if (remote.length === 0)
    throw usage('Neither side is remote.', `${EXAMPLE}. A local name with a colon is ./a:b`)
  if (to.kind === 'remote' ? remote.length > 1 : sources.some(({ kind }) => kind !== 'remote')) {
    throw usage('The files must be on one side, and the destination on the other.', EXAMPLE)
  }
  const targets = new Set(remote.map(({ target }) => target))
  if (targets.size > 1) throw usage('The sources are in different tasks.', 'Copy from one TARGET at a time.')
  if (sources.filter(({ kind }) => kind === 'stream').length > 0 && sources.length > 1) {
    throw usage('stdin (-) can be the only source.', 'Copy it on its own: … | fargate-login cp - :FILE')
  }
  const [target] = targets
  return {
    direction: to.kind === 'remote' ? 'upload' : 'download',
    sources: sources.map(pathOf),
    destination: pathOf(to),
    target,
  }
}

const EXAMPLE = 'A remote path has a colon: fargate-login cp web:/app/log . or fargate-login cp file web:/tmp'

/** A file with the name `-` needs a `./` before it: `-` alone is a stream. */
function pathOf(operand: Operand): string {
  if (operand.kind === 'stream') return '-'
  const { kind, path } = operand
  if (kind === 'remote' && path === '') return '.'
  return path.startsWith('-') ? `./${path}` : path
}

function usage(message: string, hint: string): FargateLoginError {
  return new FargateLoginError('usage', message, { hint })
}
