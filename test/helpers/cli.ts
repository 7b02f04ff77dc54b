import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type IPty, spawn as spawnPty } from '@lydell/node-pty'

/** The bundle that users get; vitest's globalSetup builds it. */
export const CLI = fileURLToPath(new URL('../../dist/fargate-login.js', import.meta.url))

export type Variables = Readonly<Record<string, string | undefined>>

/** What CLI processes note of their sessions is neither the developer's nor, unless a test says so, another's. */
const states = mkdtempSync(join(tmpdir(), 'fargate-login-state-'))
process.on('exit', () => rmSync(states, { recursive: true, force: true }))
process.env.XDG_STATE_HOME = join(states, 'direct')
let processes = 0

/** A CLI process sees these and nothing of the test's own AWS or FARGATE_LOGIN settings. */
export function environment(variables: Variables): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|FARGATE_LOGIN_|NO_COLOR|FORCE_COLOR)/.test(name),
  )
  const all = {
    ...Object.fromEntries(own),
    TERM: 'xterm-256color',
    LC_ALL: '',
    LC_CTYPE: '',
    LANG: 'C.UTF-8',
    XDG_STATE_HOME: join(states, String(processes++)),
    ...variables,
  }
  // node-pty would pass on the word "undefined".
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

export interface Finished {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams
  readonly finished: Promise<Finished>
  /** Resolves when stderr matches. */
  said(pattern: RegExp): Promise<void>
  /** Resolves with all of stdout so far when it matches. */
  printed(pattern: RegExp): Promise<string>
}

export function startCli(args: readonly string[], variables: Variables = {}, cwd?: string): Running {
  const child = spawn(process.execPath, [CLI, ...args], { env: environment(variables), cwd })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => err.push(chunk))
  child.stdin.on('error', () => {})
  const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString()
  const finished = once(child, 'close').then(([status]) => ({ status, stdout: text(out), stderr: text(err) }))
  const matches = async (stream: Readable, chunks: readonly Buffer[], pattern: RegExp): Promise<string> => {
    while (!pattern.test(text(chunks))) {
      const over = finished.then(({ stderr }) => {
        throw new Error(`fargate-login ended without ${pattern}:\n${stderr}`)
      })
      await Promise.race([once(stream, 'data'), over])
    }
    return text(chunks)
  }
  return {
    child,
    finished,
    said: async (pattern) => void (await matches(child.stderr, err, pattern)),
    printed: (pattern) => matches(child.stdout, out, pattern),
  }
}

/** @param input all of stdin */
export async function runCli(
  args: readonly string[],
  variables: Variables = {},
  input: string | Buffer = '',
  cwd?: string,
): Promise<Finished> {
  const { child, finished } = startCli(args, variables, cwd)
  child.stdin.end(input)
  return await finished
}

/** A program on a real pseudo-terminal, and everything that it has shown. */
export interface OnTerminal extends AsyncDisposable {
  readonly pty: IPty
  readonly screen: () => string
  type(keys: string): void
  /** Resolves with the match when it is on the screen after everything that was waited for before. */
  shows(pattern: RegExp): Promise<RegExpExecArray>
  readonly exited: Promise<number>
}

/** Milliseconds; less than vitest's own, so that a failure shows the screen. */
const PATIENCE = 40_000

export function onTerminal(
  program: string,
  args: readonly string[],
  variables: Variables = {},
  columns = 100,
): OnTerminal {
  const pty = spawnPty(program, [...args], {
    name: variables.TERM ?? 'xterm-256color',
    cols: columns,
    rows: 30,
    env: environment(variables) as Record<string, string>,
  })
  let screen = ''
  let seen = 0
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const resolve of waiting) resolve()
    waiting.clear()
  }
  let over = false
  const exited = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      over = true
      wake()
      resolve(signal ? 128 + signal : exitCode)
    })
  })
  pty.onData((data) => {
    screen += data
    // A terminal is asked where its cursor is, and answers.
    if (data.includes('\x1b[6n')) pty.write('\x1b[1;1R')
    wake()
  })
  return {
    pty,
    screen: () => screen,
    type: (keys) => pty.write(keys),
    async shows(pattern) {
      let patient = true
      const timer = setTimeout(() => {
        patient = false
        wake()
      }, PATIENCE)
      for (;;) {
        const match = pattern.exec(screen.slice(seen))
        if (match) {
          clearTimeout(timer)
          seen += match.index + match[0].length
          return match
        }
        if (over || !patient) throw new Error(`The program did not show ${pattern}, but:\n${screen}`)
        await new Promise<void>((resolve) => waiting.add(resolve))
      }
    },
    exited,
    async [Symbol.asyncDispose]() {
      if (!over) pty.kill('SIGTERM')
      await exited
    },
  }
}

export function cliOnTerminal(
  args: readonly string[],
  variables: Variables = {},
  columns?: number,
): OnTerminal {
  return onTerminal(process.execPath, [CLI, ...args], variables, columns)
}
