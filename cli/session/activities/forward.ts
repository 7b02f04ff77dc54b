import { exitStatus } from '../../core/exit-status.ts'
import { maskPassword } from '../../core/forward/database-url.ts'
import type { Forward } from '../../core/forward/forward.ts'
import { endpointText } from '../../core/link/endpoint.ts'
import { type Activity, afterUse, type Ending, type PlannedDatabase } from '../../core/plan/activity.ts'
import { Forwards } from '../forward/forwards.ts'
import { readDatabaseUrl } from '../forward/read-database-url.ts'
import type { Ports } from '../ports/ports.ts'
import type { ActivityInput } from './activity.ts'
import { holdOpen } from './reconnect.ts'

type ForwardPorts = Pick<Ports, 'sockets' | 'programs' | 'reporter' | 'clock'>

/**
 * Keeps the forwards up, and says where they listen: on stdout, or to the command in its environment.
 * @throws FargateLoginError `task-stopped`, `connection-lost`, or the user's cancel
 */
export async function forward(
  { command, database }: Extract<Activity, { readonly kind: 'forward' }>,
  input: ActivityInput,
  ports: ForwardPorts,
): Promise<Ending> {
  await using added = database && (await forwardDatabase(database, input, ports))
  const forwards = [...input.forwards, ...(added?.forwards ?? [])]
  if (command) return await runAround(command, { ...input, forwards, variables: added?.variables }, ports)
  const lines = [...input.forwards.map(forwardLine), ...(added ? [added.line] : [])]
  for (const line of lines) input.terminal.stdout.write(`${line}\n`)
  return await holdOpen(input, ports)
}

/** For scripts: the listening end, a blank, the destination. */
function forwardLine({ listen, to }: Forward): string {
  return `${endpointText(listen)} ${to ? endpointText(to) : 'SOCKS'}`
}

/** Opens one more forward, to the database that a variable of the task names. */
async function forwardDatabase(
  { variable, showPassword }: PlannedDatabase,
  { link, task, environment }: ActivityInput,
  ports: ForwardPorts,
) {
  const { signal } = task
  const url = await readDatabaseUrl(variable, { connection: link.connection, environment, signal })
  const listen = { host: 'localhost', port: 0 }
  const open = await Forwards.listen([{ side: 'local', listen, to: url.to }], ports)
  await open.use(link, signal)
  const at = open.open[0]?.listen
  if (!at || !('port' in at)) throw new Error('A forward of a port listens on a port.')
  const local = url.at(at)
  return {
    forwards: open.open,
    variables: { [variable]: local },
    line: showPassword ? local : maskPassword(local),
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  }
}

interface AroundInput extends ActivityInput {
  readonly variables: Readonly<Record<string, string>> | undefined
}

/** Runs the command, and ends it if the connection is lost for good. */
async function runAround(
  command: readonly string[],
  input: AroundInput,
  ports: ForwardPorts,
): Promise<Ending> {
  const lost = new AbortController()
  const end = new AbortController()
  const { task, plan } = input
  const held = holdOpen(input, ports, AbortSignal.any([task.signal, end.signal]))
  held.catch((error: unknown) => lost.abort(error))
  try {
    const variables = { ...portVariables(input.forwards), ...input.variables }
    const program = { argv: command, variables, defaults: postgresHost(input.forwards) }
    const exit = await ports.programs.run(program, AbortSignal.any([task.signal, lost.signal]))
    if (lost.signal.aborted) throw lost.signal.reason
    return { status: exitStatus(exit), task: afterUse(plan) }
  } finally {
    end.abort()
  }
}

/** FARGATE_LOGIN_FORWARD_1 and so on: a port, or the path of a socket. */
function portVariables(forwards: readonly Forward[]): Record<string, string> {
  return Object.fromEntries(
    forwards.map(({ listen }, at) => [
      `FARGATE_LOGIN_FORWARD_${at + 1}`,
      'path' in listen ? listen.path : String(listen.port),
    ]),
  )
}

const POSTGRES_PORT = 5432

/** Without a host, psql and its siblings look for a socket of this machine, and a forward is a port. */
function postgresHost(forwards: readonly Forward[]): Record<string, string> {
  const isOne = forwards.some(
    ({ side, listen, to }) =>
      side === 'local' && 'port' in listen && to && 'port' in to && to.port === POSTGRES_PORT,
  )
  return isOne ? { PGHOST: '127.0.0.1' } : {}
}
