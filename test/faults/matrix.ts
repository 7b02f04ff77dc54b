import type { Row } from './row.ts'
import { address } from './rows/address.ts'
import { channel } from './rows/channel.ts'
import { connection } from './rows/connection.ts'
import { container } from './rows/container.ts'
import { credentials } from './rows/credentials.ts'
import { plan } from './rows/plan.ts'
import { runTask } from './rows/run-task.ts'
import { session } from './rows/session.ts'
import { stop } from './rows/stop.ts'
import { sts } from './rows/sts.ts'
import { task } from './rows/task.ts'

/** The steps in the order of the flow. */
export const STEPS = [
  'credentials',
  'STS',
  'plan',
  'RunTask',
  'task',
  'address',
  'TCP',
  'handshake',
  'authentication',
  'channel',
  'session',
  'stop',
] as const satisfies readonly Row['step'][]

const all = [
  credentials,
  sts,
  plan,
  runTask,
  task,
  address,
  connection,
  channel,
  session,
  stop,
  container,
].flat()

/** Every row, step by step. */
export const MATRIX: readonly Row[] = STEPS.flatMap((step) => all.filter((row) => row.step === step))
