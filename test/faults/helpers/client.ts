import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { CLI, environment, onTerminal, type Variables } from '../../helpers/cli.ts'

/** The client under test: a process on pipes or on a PTY. */
export interface Client extends AsyncDisposable {
  /** Resolves when it has said something on stderr that matches. */
  said(pattern: RegExp): Promise<void>
  kill(signal: NodeJS.Signals): void
  /** Types on its terminal. */
  type(keys: string): void
  readonly ended: Promise<Ended>
}

export interface Ended {
  readonly status: number | NodeJS.Signals
  readonly stdout: string
  readonly stderr: string
}

export interface Start {
  readonly args: readonly string[]
  readonly variables: Variables
  /** Redirections in the manner of the shell. */
  readonly streams?: string
}

export function startClient({ args, variables, streams }: Start): Client {
  const program = ['-c', `exec "$@" ${streams ?? ''}`, 'sh', process.execPath, CLI, ...args]
  const child = spawn('/bin/sh', program, { env: environment(variables) })
  let stdout = ''
  let stderr = ''
  let over = false
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdin.on('error', () => {})
  const ended = once(child, 'close').then(([status, signal]): Ended => {
    over = true
    return { status: status ?? signal, stdout, stderr }
  })
  return {
    async said(pattern) {
      while (!pattern.test(stderr)) {
        if (over) throw new Error(`The client ended without ${pattern}:\n${stderr}`)
        await Promise.race([once(child.stderr, 'data'), ended])
      }
    },
    kill: (signal) => void child.kill(signal),
    type: (keys) => void child.stdin.write(keys),
    ended,
    async [Symbol.asyncDispose]() {
      if (!over) child.kill('SIGKILL')
      await ended
    },
  }
}

/** What a shell that stays behind says of the terminal before and after. It waits for our Enter: last bytes may get lost. */
const WATCHED = 'trap : INT; stty -a; "$@"; echo "ended with $?"; stty -a; echo over; read -r _'
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g

/** As `startClient`, on a PTY. @throws Error when the terminal is not what it was before */
export function startClientOnTerminal({ args, variables }: Start): Client {
  const terminal = onTerminal('/bin/sh', ['-c', WATCHED, 'sh', process.execPath, CLI, ...args], variables)
  const ended = (async (): Promise<Ended> => {
    let exited = false
    terminal.exited.then(() => {
      exited = true
    })
    while (!exited && !/^over\r$/m.test(terminal.screen())) await setTimeout(10)
    terminal.type('\r')
    await terminal.exited
    const screen = terminal.screen()
    const [before, after] = screen.match(/speed.*?-extproc/gs) ?? []
    if (before === undefined || after !== before) throw new Error(`The terminal is not restored:\n${screen}`)
    const status = Number(/ended with (\d+)/.exec(screen)?.[1])
    const text = screen.slice(screen.indexOf(before) + before.length, screen.lastIndexOf('ended with'))
    return {
      status,
      stdout: '',
      stderr: text.replace(ESCAPES, '').replace(/\r\n/g, '\n').replace(/\r/g, '\n'),
    }
  })()
  ended.catch(() => {})
  return {
    said: async (pattern) => void (await terminal.shows(pattern)),
    // The shell's only child.
    kill: (signal) =>
      void process.kill(
        Number(readFileSync(`/proc/${terminal.pty.pid}/task/${terminal.pty.pid}/children`, 'utf8').trim()),
        signal,
      ),
    type: (keys) => terminal.type(keys),
    ended,
    [Symbol.asyncDispose]: () => terminal[Symbol.asyncDispose](),
  }
}
