/** Something that could not be copied, and why. */
export interface Problem {
  readonly path: string
  readonly reason: string
}

const DISK_FULL = 'No space left on device'

/** Lines that say nothing about a path. */
const NOISE = /Exiting with failure status|Removing leading|error exit delayed|Error is not recoverable/

/**
 * Reads what tar, cat and mv say on stderr, of GNU and of busybox: one problem a line.
 * @param locate gives a name of the archive the user's path
 */
export function remoteProblems(stderr: string, locate: (name: string) => string): readonly Problem[] {
  return (
    stderr
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !NOISE.test(line))
      .map((line) => readLine(line, locate))
      // GNU tar's words for it.
      .map((one) => (/^Wrote only \d+ of \d+ bytes$/.test(one.reason) ? { ...one, reason: DISK_FULL } : one))
  )
}

function readLine(line: string, locate: (name: string) => string): Problem {
  const said = line
    .replace(/^(?:\S*\/)?(?:tar|cat|sh|bash|dash|ash|mv|mkdir|head|tail|sha256sum|busybox): /, '')
    .replace(/^(?:line )?\d+: /, '')
  const moved = /^(?:can't|cannot) (?:move|rename) '.*' to '(.*)'[^:]*: ([^:]+)$/.exec(said)
  if (moved?.[1] !== undefined && moved[2] !== undefined) return { path: locate(moved[1]), reason: moved[2] }
  const busybox =
    /^(?:can't|cannot|can not) (?:open|stat|read|remove|rename|create) '?(.*?)'?: ([^:]+)$/.exec(said)
  if (busybox?.[1] !== undefined && busybox[2] !== undefined)
    return { path: locate(unescaped(busybox[1])), reason: busybox[2] }
  const gnu = /^(.+?): (?:Cannot [a-z]+(?: [a-z]+)*: )?([^:]+)$/.exec(said)
  if (gnu?.[1] !== undefined && gnu[2] !== undefined)
    return { path: locate(unescaped(gnu[1])), reason: gnu[2] }
  return { path: '', reason: said }
}

/** GNU tar shows bytes beyond ASCII as `\303\274`. */
function unescaped(name: string): string {
  if (!name.includes('\\')) return name
  const bytes = name.replace(/\\([0-3][0-7][0-7]|[nt\\])/g, (_, code: string) => {
    if (code === 'n') return '\n'
    if (code === 't') return '\t'
    return code === '\\' ? '\\' : String.fromCharCode(Number.parseInt(code, 8))
  })
  // Names that are not escaped may hold any character. Only bytes can be decoded.
  return /[\u0100-\uffff]/.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString()
}
