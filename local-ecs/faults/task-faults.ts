import { StartFailure } from '../runners/start-failure.ts'
import { DEFAULT_DELAYS, type Delays } from '../task/delays.ts'
import { endTask } from '../task/end-task.ts'
import type { NetworkChoice } from '../task/launch/network-interface.ts'
import { pause } from '../task/pause.ts'
import type { NetworkBinding, StopCode } from '../task/task.ts'
import type { RunningTask } from '../task/task-life.ts'
import type { FaultRow } from './call-faults.ts'

/** The points where a fault can change a task. Absent hooks change nothing. */
export interface TaskHooks {
  /** Changes the task's network. */
  network?(choice: NetworkChoice): NetworkChoice
  /** Called before each step of the start. @throws StartFailure */
  start?(step: StartStep): void
  /** Replaces the least time that the task stays in a state. */
  dwellMs?(state: keyof Delays): number | undefined
  /** Changes the machine's ports that DescribeTasks shows. */
  networkBindings?(bindings: readonly NetworkBinding[]): readonly NetworkBinding[]
  /** Called when the task is RUNNING. Never rejects. */
  run?(task: RunningTask): Promise<void>
}

/** The steps of a task's start, in order. */
export type StartStep = 'resources' | 'images' | 'containers'

/** One kind of fault of a task. */
interface TaskFaultKind<Fault> {
  readonly rows: readonly FaultRow[]
  /** @param detail the text after `task=KIND:`, `undefined` without a colon. @returns `undefined` if it is invalid */
  parse(detail: string | undefined): Fault | undefined
  hooks(fault: Fault): TaskHooks
}

/** The kinds by their word after `task=`. To add a kind, add an entry here and its rows in docs/local.md. */
const TASK_FAULTS = {
  'cannot-initialize': failsAt('resources', {
    example: 'task=cannot-initialize',
    effect: 'STOPPED with ResourceInitializationError',
    reason:
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed',
  }),
  'cannot-pull': failsAt('images', {
    example: 'task=cannot-pull',
    effect: 'STOPPED with CannotPullContainerError',
    reason:
      'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref: request canceled while waiting for connection',
  }),
  'cannot-start': failsAt('containers', {
    example: 'task=cannot-start',
    effect: 'STOPPED with CannotStartContainerError',
    reason:
      'CannotStartContainerError: failed to create new container runtime task: exec: "/entrypoint": stat /entrypoint: no such file or directory',
  }),

  stops: kind<{
    /** Milliseconds after RUNNING. */
    readonly after: number
    readonly stopCode?: StopCode
    readonly reason?: string
  }>({
    rows: [['task=stops:5000', 'stopped from outside, five seconds after RUNNING']],
    parse: afterRunning,
    hooks: ({ after, stopCode = 'SpotInterruption', reason = 'Your Spot Task was interrupted.' }) => ({
      async run({ task }) {
        await pause(after, task.stop.signal)
        endTask(task, { stopCode, reason })
      },
    }),
  }),

  dies: kind<{
    /** Milliseconds after RUNNING. */
    readonly after: number
    readonly reason?: string
  }>({
    rows: [
      ['task=dies:5000', 'its containers are killed, e.g. for their memory, five seconds after RUNNING'],
    ],
    parse: afterRunning,
    hooks: ({ after, reason = 'OutOfMemoryError: Container killed due to memory usage' }) => ({
      async run({ task, started }) {
        await pause(after, task.stop.signal)
        if (task.ending) return
        for (const { container, running } of started) {
          container.reason = reason
          await running.kill()
        }
      },
    }),
  }),

  'no-public-address': kind<object>({
    rows: [['task=no-public-address', 'EC2 never names a public address']],
    parse: withoutDetail,
    hooks: () => ({ network: (choice) => ({ ...choice, isPublic: false }) }),
  }),

  'no-host-ports': kind<object>({
    rows: [['task=no-host-ports', 'RUNNING without `networkBindings`, in bridge and host mode']],
    parse: withoutDetail,
    hooks: () => ({ networkBindings: () => [] }),
  }),

  slow: kind<{
    readonly state: keyof Delays
    /** Milliseconds. */
    readonly delay: number
  }>({
    rows: [['task=slow:PENDING:5000', 'it stays in that state for five seconds']],
    parse(detail = '') {
      const [, state = '', delay] = /^([A-Z]+):(\d+)$/.exec(detail) ?? []
      if (!Object.hasOwn(DEFAULT_DELAYS, state)) return undefined
      return { state: state as keyof Delays, delay: Number(delay) }
    },
    hooks: ({ state, delay }) => ({ dwellMs: (entered) => (entered === state ? delay : undefined) }),
  }),
} as const

type Kinds = typeof TASK_FAULTS
type FaultOf<Kind> = Kind extends TaskFaultKind<infer Fault> ? Fault : never

/** A fault in tasks that start from now on. */
export type TaskFault = {
  [Word in keyof Kinds]: { readonly task: Word } & FaultOf<Kinds[Word]>
}[keyof Kinds]

/** The rows for the docs. */
export const TASK_FAULT_ROWS: readonly FaultRow[] = Object.values(TASK_FAULTS).flatMap(({ rows }) => rows)

/** @param what `KIND` or `KIND:DETAIL` */
export function parseTaskFault(what: string): TaskFault | undefined {
  const [, word = '', detail] = /^([^:]*)(?::(.*))?$/.exec(what) ?? []
  if (!Object.hasOwn(TASK_FAULTS, word)) return undefined
  const task = word as keyof Kinds
  const fault = TASK_FAULTS[task].parse(detail)
  // The word identifies the kind.
  return fault && ({ task, ...fault } as TaskFault)
}

export function taskHooks(fault: TaskFault): TaskHooks {
  return (TASK_FAULTS[fault.task] as TaskFaultKind<TaskFault>).hooks(fault)
}

/** Lets TypeScript check each entry against its fault. */
function kind<Fault>(entry: TaskFaultKind<Fault>): TaskFaultKind<Fault> {
  return entry
}

interface FailsAtInput {
  readonly example: string
  readonly effect: string
  /** ECS's words, used if the fault has none. */
  readonly reason: string
}

function failsAt(failing: StartStep, { example, effect, reason: usual }: FailsAtInput) {
  return kind<{ readonly reason?: string }>({
    rows: [[example, effect]],
    parse: withoutDetail,
    hooks: ({ reason = usual }) => ({
      start(step) {
        if (step === failing) throw new StartFailure(reason)
      },
    }),
  })
}

function withoutDetail(detail: string | undefined): object | undefined {
  return detail === undefined ? {} : undefined
}

function afterRunning(detail = ''): { readonly after: number } | undefined {
  return /^\d+$/.test(detail) ? { after: Number(detail) } : undefined
}
