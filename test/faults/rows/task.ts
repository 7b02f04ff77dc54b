import type { Row } from '../row.ts'
import { callFault } from './aws-faults.ts'

const step = 'task'
const SLOW = { PROVISIONING: 60_000 }
const PROVISIONING = /Starting \S+ \(PROVISIONING\)/

const ends: readonly Row[] = (
  [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const
).map(([signal, status]) => ({
  step,
  fault: `${signal} while it starts`,
  arrange: { delays: SLOW, terminal: true },
  act: async ({ client }) => {
    await client.said(PROVISIONING)
    client.kill(signal)
  },
  expect: { status, code: 'cancelled', task: 'stopped by the client' },
}))

export const task: readonly Row[] = [
  ...ends,
  {
    step,
    fault: 'Ctrl-C on the terminal while it starts',
    arrange: { delays: SLOW, terminal: true },
    act: async ({ client }) => {
      await client.said(PROVISIONING)
      client.type('\x03')
    },
    expect: { status: 130, code: 'cancelled', task: 'stopped by the client' },
  },
  {
    step,
    fault: 'SIGINT twice while it starts, StopTask throttled twice',
    arrange: { delays: SLOW, faults: [callFault('StopTask', 'throttled forever', 2)] },
    act: async ({ client }) => {
      await client.said(PROVISIONING)
      client.kill('SIGINT')
      await client.said(/Stopping session/)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', says: /already ending/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'kill -9 while it starts',
    arrange: { delays: { PROVISIONING: 500 } },
    act: async ({ client }) => {
      await client.said(PROVISIONING)
      client.kill('SIGKILL')
    },
    expect: { status: 'SIGKILL', task: 'ends after its connect grace' },
  },
  {
    step,
    fault: 'it stays in PROVISIONING',
    arrange: { delays: SLOW, options: ['--timeout', '2'] },
    expect: {
      status: 255,
      code: 'address-missing',
      hint: /state of the task/,
      task: 'stopped by the client',
    },
  },
  {
    step,
    fault: 'DescribeTasks: AccessDeniedException',
    arrange: { faults: [callFault('DescribeTasks', 'AccessDeniedException')] },
    expect: { status: 255, code: 'aws-refused', hint: /docs\/iam\.md/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: MISSING three times',
    arrange: { faults: [{ operation: 'DescribeTasks', failure: 'MISSING', times: 3 }] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: MISSING forever',
    seconds: 30,
    arrange: { faults: [{ operation: 'DescribeTasks', failure: 'MISSING' }] },
    expect: { status: 255, code: 'task-stopped', hint: /describe-tasks/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: throttled six times',
    arrange: { faults: [callFault('DescribeTasks', 'throttled forever', 6)] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: throttled forever',
    seconds: 25,
    arrange: { faults: [callFault('DescribeTasks', 'throttled forever')], options: ['--timeout', '24'] },
    expect: { status: 255, code: 'aws-unreachable', hint: /try again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: server error 500 six times',
    arrange: { faults: [callFault('DescribeTasks', 'server error 500 forever', 6)] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: reset six times',
    arrange: { faults: [callFault('DescribeTasks', 'reset forever', 6)] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: hang once',
    seconds: 9,
    arrange: { faults: [callFault('DescribeTasks', 'hang', 1)] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: hang',
    arrange: { faults: [callFault('DescribeTasks', 'hang')], options: ['--timeout', '2'] },
    expect: { status: 255, code: 'aws-unreachable', hint: /try again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeTasks: hang, SIGINT',
    arrange: { faults: [callFault('DescribeTasks', 'hang')] },
    act: async ({ client }) => {
      await client.said(PROVISIONING)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the image cannot be pulled',
    arrange: { faults: [{ task: 'cannot-pull' }] },
    expect: { status: 255, code: 'task-stopped', hint: /no route to the registry/, task: 'ends by itself' },
  },
  {
    step,
    fault: 'its secrets cannot be read',
    arrange: { faults: [{ task: 'cannot-initialize' }] },
    expect: { status: 255, code: 'task-stopped', hint: /execution role/, task: 'ends by itself' },
  },
  {
    step,
    fault: 'its container cannot start',
    arrange: { faults: [{ task: 'cannot-start' }] },
    expect: { status: 255, code: 'task-stopped', hint: /describe-tasks/, task: 'ends by itself' },
  },
  {
    step,
    fault: 'its container ends at once',
    arrange: { image: { script: 'exit 3' } },
    expect: { status: 255, code: 'task-stopped', hint: /See its log/, task: 'ends by itself' },
  },
  {
    step,
    fault: 'the image refuses its environment',
    arrange: { options: ['--key-env', 'SOMETHING_ELSE'] },
    expect: { status: 255, code: 'task-stopped', hint: /--key-env/, task: 'ends by itself' },
  },
  {
    step,
    fault: 'somebody stops it while it starts',
    arrange: { delays: SLOW },
    act: async ({ client, ecs }) => {
      await client.said(PROVISIONING)
      ecs.ecs.interrupt(ecs.ecs.tasks[0]?.arn ?? '', 'UserInitiated', 'not now')
    },
    expect: { status: 255, code: 'task-stopped', hint: /CloudTrail/, task: 'ends by itself' },
  },
]
