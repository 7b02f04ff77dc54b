import type { Arrangement, Row } from '../row.ts'
import { callFault } from './aws-faults.ts'

const step = 'session'
/** Says that it runs, then runs for long. */
const LONG = ['sh', '-c', 'echo up >&2; exec sleep 300'] as const
const UP = /^up\r?$/m
const ON_WIRE: Arrangement = { image: { peer: 'is a proxy' }, command: LONG }

const signals: readonly Row[] = (
  [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const
).flatMap(([signal, status]) =>
  ([false, true] as const).map(
    (terminal): Row => ({
      step,
      fault: terminal ? `${signal}, on a terminal` : signal,
      arrange: { command: LONG, ...(terminal && { terminal }) },
      act: async ({ client }) => {
        await client.said(UP)
        client.kill(signal)
      },
      expect: { status, code: 'cancelled', task: 'stopped by the client' },
    }),
  ),
)

export const session: readonly Row[] = [
  ...signals,
  {
    step,
    fault: 'SIGINT twice, StopTask throttled twice',
    arrange: { command: LONG, faults: [callFault('StopTask', 'throttled forever', 2)] },
    act: async ({ client }) => {
      await client.said(UP)
      client.kill('SIGINT')
      await client.said(/Stopping session/)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', says: /already ending/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'kill -9 of the client',
    arrange: { command: LONG },
    act: async ({ client }) => {
      await client.said(UP)
      client.kill('SIGKILL')
    },
    expect: { status: 'SIGKILL', task: 'ends after its linger' },
  },
  {
    step,
    fault: 'the command ends with 44',
    arrange: { command: ['sh', '-c', 'exit 44'], terminal: true },
    expect: { status: 44, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'sshd is killed under it',
    arrange: { command: ['sh', '-c', 'kill -9 $PPID'], terminal: true },
    expect: { status: 255, code: 'connection-lost', hint: /Start again/, task: 'stopped by the client' },
    seconds: 8,
  },
  {
    step,
    fault: 'stdin is closed',
    arrange: { streams: '<&-', command: ['cat'] },
    expect: { status: 0, stdout: '', task: 'stopped by the client' },
  },
  {
    step,
    fault: 'stdin is a directory',
    arrange: { streams: '</', command: ['cat'] },
    expect: { status: 255, code: 'stream-failed', hint: /retry/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'stdout is closed',
    arrange: { streams: '>&-', command: ['echo', 'lost'] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'stdout is a full disk',
    arrange: { streams: '>/dev/full', command: ['echo', 'lost'] },
    needs: 'Linux',
    expect: { status: 255, code: 'stream-failed', hint: /retry/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'nobody reads stdout any more',
    arrange: { streams: '| true', command: ['yes'] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'stderr is closed',
    arrange: { streams: '2>&-', command: ['echo', 'here'] },
    expect: { status: 0, stdout: 'here\n', task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the connection is reset',
    seconds: 10,
    arrange: { ...ON_WIRE, terminal: true },
    act: async ({ client, signalTask }) => {
      await client.said(UP)
      signalTask('SIGUSR2')
    },
    expect: { status: 255, code: 'connection-lost', hint: /Start again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the network is cut',
    seconds: 30,
    arrange: { ...ON_WIRE, terminal: true },
    act: async ({ client, signalTask }) => {
      await client.said(UP)
      signalTask('SIGUSR1')
    },
    expect: { status: 255, code: 'connection-lost', hint: /Start again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the network is cut, AWS too (DescribeTasks: hang)',
    seconds: 38,
    arrange: ON_WIRE,
    act: async ({ client, ecs, signalTask }) => {
      await client.said(UP)
      ecs.ecs.faults.add(callFault('DescribeTasks', 'hang'))
      signalTask('SIGUSR1')
    },
    expect: { status: 255, code: 'connection-lost', hint: /Start again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the network is cut, SIGINT',
    arrange: { ...ON_WIRE, terminal: true },
    act: async ({ client, signalTask }) => {
      await client.said(UP)
      signalTask('SIGUSR1')
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the peer ends it without a status',
    seconds: 10,
    arrange: { image: { peer: 'ends the session without a status' } },
    expect: { status: 255, code: 'connection-lost', hint: /Start again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the peer resets it',
    seconds: 10,
    arrange: { image: { peer: 'resets in the session' } },
    expect: { status: 255, code: 'connection-lost', hint: /Start again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'Spot takes the capacity back',
    arrange: { command: LONG, terminal: true },
    act: async ({ client, ecs }) => {
      await client.said(UP)
      ecs.ecs.interrupt(ecs.ecs.tasks[0]?.arn ?? '')
    },
    expect: { status: 255, code: 'task-stopped', hint: /--launch-type FARGATE/, task: 'ends by itself' },
  },
  {
    step,
    fault: 'the task dies of its memory',
    arrange: { command: LONG, terminal: true, faults: [{ task: 'dies', after: 1_500 }] },
    expect: { status: 255, code: 'task-stopped', hint: /ran out of memory/, task: 'ends by itself' },
  },
  {
    step,
    fault: 'its lifetime is over',
    arrange: { command: LONG, options: ['-e', 'FARGATE_LOGIN_MAX_LIFETIME=3'] },
    expect: { status: 255, code: 'task-stopped', hint: /See its log/, task: 'ends by itself' },
  },
  {
    step,
    fault: 'DescribeTasks: hang',
    arrange: { command: ['sleep', '1'] },
    act: async ({ client, ecs }) => {
      await client.said(/host key verified/)
      ecs.ecs.faults.add(callFault('DescribeTasks', 'hang'))
    },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the state directory cannot be written',
    arrange: { variables: () => ({ XDG_STATE_HOME: '/proc' }), command: ['sh', '-c', 'exit 7'] },
    needs: 'Linux',
    expect: { status: 7, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the state directory is a file',
    arrange: { variables: () => ({ XDG_STATE_HOME: '/dev/null' }), command: ['sh', '-c', 'exit 7'] },
    expect: { status: 7, task: 'stopped by the client' },
  },
]
