import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { TerminalModes } from '../core/link/terminal-modes.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The modes of the terminal at stdin; `undefined` if stty does not tell them. */
export async function readModes(environment: Environment): Promise<TerminalModes | undefined> {
  const stty = spawn('stty', ['-a'], {
    env: { ...environment, LC_ALL: 'C' },
    stdio: ['inherit', 'pipe', 'ignore'],
  })
  // Without the program, its output is empty.
  stty.on('error', () => {})
  return parseModes(await text(stty.stdout).catch(() => ''))
}

/** macOS spells some in its own way. */
const ALIASES: Readonly<Record<string, string>> = { reprint: 'rprnt', flush: 'discard' }

/** @param shown what `stty -a` prints, on Linux (GNU, busybox) or macOS */
export function parseModes(shown: string): TerminalModes | undefined {
  const characters: Record<string, number | undefined> = {}
  const switches: Record<string, boolean> = {}
  const rest = shown
    .replace(/(speed|rows|columns) \d+/g, '')
    .replace(/(\w+) = (\S+?);/g, (_, name: string, value: string) => {
      characters[ALIASES[name] ?? name] = codeOf(value)
      return ''
    })
  for (const [, off, name] of rest.matchAll(/(?<=\s)(-?)([a-z]+[0-9]?)(?=\s)/g)) {
    if (name !== undefined) switches[name] = off === ''
  }
  return Object.keys(characters).length === 0 ? undefined : { characters, switches }
}

/** `^?` -> 127, `^H` -> 8, `M-^?` -> 255, `x` -> its code, `<undef>` -> `undefined`. */
function codeOf(value: string): number | undefined {
  if (/^<undef>$|^undef$|^\^-$/.test(value)) return undefined
  if (value.startsWith('M-')) return 128 + (codeOf(value.slice(2)) ?? 0)
  if (value === '^?') return 127
  if (value.length === 2 && value.startsWith('^')) return value.toUpperCase().charCodeAt(1) & 0x1f
  return value.charCodeAt(0)
}
