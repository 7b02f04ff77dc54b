import { closeSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { ReadStream } from 'node:tty'
import { FargateLoginError } from '../core/error.ts'
import { quoteWords } from '../core/text/quote.ts'
import { settleOnce } from '../core/wait/settle.ts'
import { canAsk } from './ask.ts'
import { printableLine } from './printable.ts'
import type { StandardStreams } from './terminal.ts'

export interface AskCodeOptions {
  readonly streams: StandardStreams
  /** Removes an unfinished line of ours from the terminal. */
  clear(): void
  readonly signal: AbortSignal
}

interface Device {
  readonly profile: string
  /** The ARN or serial number of the device. */
  readonly mfaSerial: string
}

/**
 * Asks for the code of an MFA device as the AWS CLI does, even if stdin is a pipe. It asks once only: later, the
 * terminal belongs to the session.
 */
export function makeAskCode({ streams, clear, signal }: AskCodeOptions): (device: Device) => Promise<string> {
  let asked = false
  return async ({ profile, mfaSerial }) => {
    if (asked) {
      const message = `The credentials of profile ${profile} are used up, and new ones need another MFA code.`
      throw new FargateLoginError('credentials-missing', message, { hint: signInFirst(profile) })
    }
    using device = openTerminal(streams)
    if (!device) {
      const message = `Profile ${profile} needs the code of ${mfaSerial}, and there is no terminal to ask on.`
      throw new FargateLoginError('credentials-missing', message, { hint: signInFirst(profile) })
    }
    asked = true
    clear()
    device.write(printableLine(`Enter MFA code for ${mfaSerial}: `))
    const line = await readLine(device.input, signal)
    // Ctrl-D leaves the cursor behind the question.
    if (line === undefined) device.write('\n')
    return line?.trim() || refuseEmpty(mfaSerial)
  }
}

function refuseEmpty(mfaSerial: string): never {
  throw new FargateLoginError('credentials-missing', `No code of ${printableLine(mfaSerial)} was entered.`, {
    hint: 'Run the command again, and enter the code that the device shows.',
  })
}

function signInFirst(profile: string): string {
  const command = quoteWords(['aws', 'sts', 'get-caller-identity', '--profile', profile])
  return `Enter the code in a terminal first. It counts for an hour, unless the profile says otherwise:\n${command}`
}

interface OpenTerminal extends Disposable {
  readonly input: NodeJS.ReadableStream
  write(text: string): void
}

function openTerminal(streams: StandardStreams): OpenTerminal | undefined {
  try {
    const input = new ReadStream(openSync('/dev/tty', 'r'))
    // Apart from the input, which is destroyed at its end.
    const output = openSync('/dev/tty', 'w')
    return {
      input,
      write: (text) => void writeSync(output, text),
      [Symbol.dispose]: () => {
        input.destroy()
        closeSync(output)
      },
    }
  } catch {
    if (!canAsk(streams)) return undefined
    const { stdin: input, stderr } = streams
    return { input, write: (text) => void stderr.write(text), [Symbol.dispose]: () => {} }
  }
}

/** @returns undefined at the end of the input */
async function readLine(input: NodeJS.ReadableStream, signal: AbortSignal): Promise<string | undefined> {
  // The terminal keeps its mode, so that Ctrl-C is a signal.
  const lines = createInterface({ input, terminal: false })
  try {
    return await settleOnce<string | undefined>(signal, ({ resolve }) => {
      lines.once('line', resolve)
      lines.once('close', () => resolve(undefined))
    })
  } finally {
    lines.close()
  }
}
