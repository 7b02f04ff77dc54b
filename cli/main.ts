#!/usr/bin/env node
import { constants } from 'node:os'
import { FargateLoginError } from './core/error.ts'
import { runProgram, splitWords } from './program.ts'
import { coloursFor } from './terminal/colour.ts'
import { errorStatus, errorText } from './terminal/error-text.ts'

// The SDK announces the end of its support for Node 20 on stderr, which belongs to the remote command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const { stdin, stdout, stderr } = process
const cancel = new AbortController()

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (cancel.signal.aborted) {
      stderr.write('\nfargate-login: already ending; without the stop the task would go on and cost money.\n')
    }
    const exitCode = 128 + constants.signals[name]
    cancel.abort(new FargateLoginError('cancelled', `Ended by ${name}.`, { exitCode }))
  })
}
// A closed pipe or a vanished terminal must not keep us from stopping the task.
stdout.on('error', () => {})
stderr.on('error', () => {})

process.exitCode = await run()
// Bytes that a slow reader has not taken yet are delivered; a cancel, also one that comes now, does not wait.
const cancelled = new Promise((resolve) => cancel.signal.addEventListener('abort', resolve))
if (!cancel.signal.aborted) await Promise.race([Promise.all([flushed(stdout), flushed(stderr)]), cancelled])
process.exit()

function flushed(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

async function run(): Promise<number> {
  try {
    return await runProgram(process.argv.slice(2), {
      environment: process.env,
      directory: process.cwd(),
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
