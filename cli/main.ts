#!/usr/bin/env node
import { isatty } from 'node:tty'
import { endProcess, flush, watchOutput } from './end.ts'
import { settleHome } from './home.ts'
import { runCommandLine } from './program.ts'
import { takeSignals } from './signals.ts'
import { standardStreams } from './terminal/standard-streams.ts'

// The SDK announces the end of its Node 20 support on stderr, which belongs to the remote command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

settleHome(process.env)

const { stderr } = process
const onTerminal = isatty(0)
const streams = standardStreams(process)
const signals = takeSignals(stderr, stderr.isTTY && process.env.TERM !== 'dumb')
const outputError = watchOutput(streams)

const outcome = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  directory: workingDirectory(),
  streams,
  cancel: signals.cancel,
  divertSignals: signals.divert,
})
const status = 'error' in outcome ? await reportError(outcome.error, outcome.verbose) : outcome.status
await flush(streams, signals.cancel)
const lost = status === 0 ? outputError() : undefined
endProcess(lost ? await reportLostOutput(lost) : status, signals, onTerminal)

/** @returns the exit status */
async function reportError(error: unknown, verbose: boolean): Promise<number> {
  const { report } = await import('./report.ts')
  return report(error, verbose, process)
}

async function reportLostOutput(error: Error): Promise<number> {
  const { outputFailed } = await import('./core/stream-failed.ts')
  return await reportError(outputFailed(error), false)
}

/** Uses the root if the working directory has been removed. The search for a config file only goes upward from it. */
function workingDirectory(): string {
  try {
    return process.cwd()
  } catch {
    return '/'
  }
}
