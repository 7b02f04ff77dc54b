import type { Row } from '../row.ts'
import { callFault } from './aws-faults.ts'

const step = 'RunTask'
const FIND = /aws ecs list-tasks --cluster default --started-by fargate-login\//
const STOPPED = /Task [0-9a-f]+ had been started anyway; it has been stopped\. Try again\./

export const runTask: readonly Row[] = [
  {
    step,
    fault: 'AccessDeniedException',
    arrange: { faults: [callFault('RunTask', 'AccessDeniedException')] },
    expect: { status: 255, code: 'aws-refused', hint: /needs ecs:RunTask/, task: 'none is started' },
  },
  {
    step,
    fault: 'expired credentials',
    arrange: { faults: [callFault('RunTask', 'expired credentials')] },
    expect: { status: 255, code: 'aws-refused', hint: /Renew them/, task: 'none is started' },
  },
  {
    step,
    fault: 'throttled five times',
    arrange: { faults: [callFault('RunTask', 'throttled forever', 5)] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'throttled forever',
    seconds: 15,
    arrange: { faults: [callFault('RunTask', 'throttled forever')] },
    expect: { status: 255, code: 'aws-unreachable', hint: FIND, task: 'none is started' },
  },
  {
    step,
    fault: 'server error 500 forever',
    seconds: 15,
    arrange: { faults: [callFault('RunTask', 'server error 500 forever')] },
    expect: { status: 255, code: 'aws-unreachable', hint: FIND, task: 'none is started' },
  },
  {
    step,
    fault: 'reset forever',
    seconds: 15,
    arrange: { faults: [callFault('RunTask', 'reset forever')] },
    expect: { status: 255, code: 'aws-unreachable', hint: FIND, task: 'none is started' },
  },
  {
    step,
    fault: 'hang',
    seconds: 5,
    arrange: { faults: [callFault('RunTask', 'hang')], options: ['--timeout', '2'] },
    expect: { status: 255, code: 'aws-unreachable', hint: FIND, task: 'none is started' },
  },
  {
    step,
    fault: 'hang, SIGINT twice',
    seconds: 11,
    arrange: { faults: [callFault('RunTask', 'hang')] },
    act: async ({ client }) => {
      await client.said(/Starting /)
      client.kill('SIGINT')
      await client.said(/Waiting for RunTask to answer/)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', hint: FIND, says: /already ending/, task: 'none is started' },
  },
  {
    step,
    fault: 'the answer is lost, five times',
    arrange: { faults: [{ operation: 'RunTask', connection: 'answer-lost', times: 5 }] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the answer is lost forever',
    seconds: 13,
    arrange: { faults: [{ operation: 'RunTask', connection: 'answer-lost' }] },
    expect: { status: 255, code: 'aws-unreachable', hint: STOPPED, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the answer is lost, and the next request refused',
    arrange: {
      faults: [
        { operation: 'RunTask', connection: 'answer-lost', times: 1 },
        callFault('RunTask', 'expired credentials'),
      ],
    },
    expect: { status: 255, code: 'aws-refused', hint: STOPPED, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'it starts the task and never answers',
    arrange: {
      faults: [{ operation: 'RunTask', connection: 'answer-withheld' }],
      options: ['--timeout', '2'],
    },
    expect: { status: 255, code: 'aws-unreachable', hint: STOPPED, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'it starts the task and never answers, SIGTERM',
    seconds: 9,
    arrange: { faults: [{ operation: 'RunTask', connection: 'answer-withheld' }] },
    act: async ({ client, ecs, until }) => {
      await until('the task is there', () => ecs.ecs.tasks.length === 1)
      client.kill('SIGTERM')
    },
    expect: { status: 143, code: 'cancelled', hint: STOPPED, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'it starts the task and never answers, ListTasks is denied',
    arrange: {
      faults: [
        { operation: 'RunTask', connection: 'answer-withheld' },
        callFault('ListTasks', 'AccessDeniedException'),
      ],
      options: ['--timeout', '2'],
    },
    expect: { status: 255, code: 'aws-unreachable', hint: FIND, task: 'ends after its connect grace' },
  },
  {
    step,
    fault: 'it starts the task and never answers, kill -9',
    arrange: { faults: [{ operation: 'RunTask', connection: 'answer-withheld' }] },
    act: async ({ client, ecs, until }) => {
      await until('the task is there', () => ecs.ecs.tasks.length === 1)
      client.kill('SIGKILL')
    },
    expect: { status: 'SIGKILL', task: 'ends after its connect grace' },
  },
  {
    step,
    fault: 'no capacity on instances (RESOURCE:MEMORY)',
    arrange: { faults: [{ operation: 'RunTask', failure: 'RESOURCE:MEMORY' }] },
    expect: { status: 255, code: 'task-not-placed', hint: /instances are full/, task: 'none is started' },
  },
  {
    step,
    fault: 'no capacity on Fargate',
    arrange: { faults: [{ operation: 'RunTask', failure: 'Capacity is unavailable at this time.' }] },
    expect: { status: 255, code: 'task-not-placed', hint: /--subnets/, task: 'none is started' },
  },
]
