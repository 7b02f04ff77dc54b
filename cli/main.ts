#!/usr/bin/env node
import { constants } from 'node:os'
import type { Writable } from 'node:stream'
import { FargateLoginError } from './core/error.ts'
import { runProgram, splitWords } from './program.ts'
import { coloursFor } from './terminal/colour.ts'
import { errorStatus, errorText } from './terminal/error-text.ts'
import { inputStream, outputStream } from './terminal/standard-streams.ts'

// The SDK announces the end of its support for Node 20 on stderr, which belongs to the remote command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const { stderr } = process
const stdin = inputStream(process.stdin)
const stdout = outputStream(process.stdout)
const cancel = new AbortController()
let hungUp = false

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) {
  process.on(name, () => {
    if (cancel.signal.aborted) {
      stderr.write('\nfargate-login: already ending; without the stop the task would go on and cost money.\n')
    }
    hungUp ||= name === 'SIGHUP'
    const exitCode = 128 + constants.signals[name]
    cancel.abort(new FargateLoginError('cancelled', `Ended by ${name}.`, { exitCode }))
  })
}
// A closed pipe or a vanished terminal must not keep us from stopping the task.
let unwritten: NodeJS.ErrnoException | undefined
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') unwritten ??= error
})
stderr.on('error', () => {})

let status = await run()
// Bytes that a slow reader has not taken yet are delivered; a cancel, also one that comes now, does not wait.
const cancelled = new Promise((resolve) => cancel.signal.addEventListener('abort', resolve))
if (!cancel.signal.aborted) await Promise.race([Promise.all([flushed(stdout), flushed(stderr)]), cancelled])
if (unwritten && status === 0) {
  stderr.write(
    `fargate-login: stdout cannot be written: ${unwritten.message} [stream-failed]\n` +
      '  What has arrived so far is incomplete. Mend that (a full disk?) and run it again.\n',
  )
  status = 255
}
// Node aborts when it resets a terminal that is gone, so that this way of ending is left to the signal itself.
if (hungUp && stdin.isTTY) {
  process.removeAllListeners('SIGHUP')
  process.kill(process.pid, 'SIGHUP')
} else process.exit(status)

/** The working directory may have been removed under us; nothing is found upward from there then. */
function workingDirectory(): string {
  try {
    return process.cwd()
  } catch {
    return '/'
  }
}

/** Everything is delivered, or never will be. */
function flushed(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.errored || stream.destroyed) return resolve()
    stream.once('error', () => resolve())
    stream.write('', () => resolve())
  })
}

async function run(): Promise<number> {
  try {
    return await runProgram(process.argv.slice(2), {
      environment: process.env,
      directory: workingDirectory(),
      streams: { stdin, stdout, stderr },
      cancel: cancel.signal,
    })
  } catch (error) {
    const { own } = splitWords(process.argv.slice(2))
    const verbose = own.includes('-v') || own.includes('--verbose')
    stderr.write(errorText(error, { colours: coloursFor(stderr, process.env), verbose }))
    return errorStatus(error)
  }
}
