import { ERROR_CODES } from '../../../cli/core/error.ts'

export interface ShownError {
  readonly code: string
  readonly firstLine: string
  /** The lines below, indented in the original. */
  readonly hint: string
}

/** With -v, lines of progress begin alike: the last of them before the code is the error's. */
const START = /^fargate-login: (?!warning: )/
const END = / \[([a-z-]+)\]$/

/** The errors in what the client has written to stderr: a fact, which may have several lines, its code, and the hint. */
export function shownErrors(stderr: string): readonly ShownError[] {
  const errors: { code: string; firstLine: string; hint: string }[] = []
  let firstLine: string | undefined
  for (const line of stderr.split('\n')) {
    if (START.test(line)) firstLine = line.replace(START, '')
    const code = END.exec(line)?.[1]
    if (firstLine !== undefined && code !== undefined && code in ERROR_CODES) {
      errors.push({ code, firstLine: firstLine.replace(END, ''), hint: '' })
      firstLine = undefined
    } else if (firstLine === undefined && line.startsWith('  ')) {
      const last = errors.at(-1)
      if (last) last.hint += `${last.hint === '' ? '' : '\n'}${line.slice(2)}`
    }
  }
  return errors
}
