import { FargateLoginError } from '../core/error.ts'
import type { Colours } from './colour.ts'
import type { Glyphs } from './glyphs.ts'
import { printable, printableBlock } from './printable.ts'

export interface ErrorTextOptions {
  readonly colours: Colours
  /** Absent: the terminal shows every character. */
  readonly glyphs?: Glyphs
  readonly verbose: boolean
}

/** The text for the user: the fact, the code to look up, the next action; with --verbose, the errors behind it as well. */
export function errorText(error: unknown, options: ErrorTextOptions): string {
  const text = flatten(error)
    .map((one) => oneText(one, options))
    .join('')
  return options.glyphs?.fit(text) ?? text
}

/** The status of the first failure. A failed stop does not replace it. */
export function errorStatus(error: unknown): number {
  const [first] = flatten(error)
  return first instanceof FargateLoginError ? first.exitCode : 255
}

/** `await using` wraps the session's error and the stop's error in one SuppressedError, with the later one outside. */
function flatten(error: unknown): readonly unknown[] {
  if (
    error instanceof Error &&
    error.name === 'SuppressedError' &&
    'suppressed' in error &&
    'error' in error
  ) {
    return [...flatten(error.suppressed), ...flatten(error.error)]
  }
  return [error]
}

function oneText(error: unknown, { colours, verbose }: ErrorTextOptions): string {
  if (!(error instanceof FargateLoginError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const hint = 'This is a bug of fargate-login: please report it with these lines.'
    return `fargate-login: ${colours.red(printableBlock(stack))} ${colours.dim('[internal]')}\n  ${hint}\n`
  }
  const code = colours.dim(`[${error.code}]`)
  const hint = error.hint === undefined ? '' : `${indent(printable(error.hint))}\n`
  const trace = verbose ? causesOf(error).map((cause) => `${indent(printableBlock(cause))}\n`) : []
  return `fargate-login: ${colours.red(printableBlock(error.message))} ${code}\n${hint}${trace.join('')}`
}

/** The errors behind this one, without those that it repeats. A stack would say nothing to a user. */
function causesOf({ message, cause }: Error): readonly string[] {
  if (!(cause instanceof Error)) return []
  const own = message.includes(cause.message) ? [] : [`caused by ${cause.name}: ${cause.message}`]
  return [...own, ...causesOf(cause)]
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
