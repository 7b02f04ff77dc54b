import { FargateLoginError } from '../../core/error.ts'
import { type DatabaseUrl, parseDatabaseUrl } from '../../core/forward/database-url.ts'
import { unlessAborted } from '../../core/wait/settle.ts'
import type { Connection } from '../ports/ssh.ts'

/** A URL is short. A shell that talks without end is not waited for. */
const LIMIT = 64 * 1024

export interface ReadInput {
  readonly connection: Connection
  /** Variables that sshd is asked to set. */
  readonly environment: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/**
 * Reads a variable of the task that holds a database URL.
 * @param variable letters, digits and underscores
 * @throws FargateLoginError `session-refused` if it is unset, too long or no URL
 */
export async function readDatabaseUrl(
  variable: string,
  { connection, environment, signal }: ReadInput,
): Promise<DatabaseUrl> {
  const program = { kind: 'exec', command: `printf %s "$${variable}"`, environment } as const
  await using channel = await connection.open(program, signal)
  channel.stdin.end()
  channel.stderr.resume()
  const read = async () => {
    let text = ''
    for await (const chunk of channel.stdout) {
      text += chunk
      if (text.length > LIMIT) throw unusable(`The task says more than a URL for variable ${variable}.`)
    }
    return text
  }
  const text = await unlessAborted(read(), signal)
  // Half an answer of a connection that broke is no answer.
  await unlessAborted(channel.ended, signal)
  if (text === '') throw unusable(`The task has no variable ${variable}.`)
  const url = parseDatabaseUrl(text)
  if (typeof url === 'string') throw unusable(`Variable ${variable} of the task cannot be used: ${url}.`)
  return url
}

function unusable(fact: string): FargateLoginError {
  return new FargateLoginError('session-refused', fact, {
    hint: 'Name another one with --db VARIABLE, or the host and port with -L 0:HOST:PORT.',
  })
}
