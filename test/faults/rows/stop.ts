import type { Row } from '../row.ts'
import { callFault } from './aws-faults.ts'

const step = 'stop'
const PASTE = /aws ecs stop-task --cluster default --task arn:aws:ecs:\S+ --region us-east-1/
/** As after a session of some length. */
const COMMAND = ['sh', '-c', 'exit 5'] as const

export const stop: readonly Row[] = [
  {
    step,
    fault: 'AccessDeniedException',
    arrange: { faults: [callFault('StopTask', 'AccessDeniedException')], command: COMMAND },
    expect: { status: 255, code: 'stop-unconfirmed', hint: PASTE, task: 'ends after its linger' },
  },
  {
    step,
    fault: 'throttled twice',
    arrange: { faults: [callFault('StopTask', 'throttled forever', 2)], command: COMMAND },
    expect: { status: 5, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'throttled forever',
    seconds: 31,
    arrange: { faults: [callFault('StopTask', 'throttled forever')], command: COMMAND },
    expect: { status: 255, code: 'stop-unconfirmed', hint: PASTE, task: 'ends after its linger' },
  },
  {
    step,
    fault: 'server error 500 five times',
    arrange: { faults: [callFault('StopTask', 'server error 500 forever', 5)], command: COMMAND },
    expect: { status: 5, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'reset five times',
    arrange: { faults: [callFault('StopTask', 'reset forever', 5)], command: COMMAND },
    expect: { status: 5, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the answer is lost',
    arrange: { faults: [{ operation: 'StopTask', connection: 'answer-lost', times: 1 }], command: COMMAND },
    expect: { status: 5, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'hang once',
    seconds: 9,
    arrange: { faults: [callFault('StopTask', 'hang', 1)], command: COMMAND },
    expect: { status: 5, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'hang',
    seconds: 31,
    arrange: { faults: [callFault('StopTask', 'hang')], command: COMMAND },
    expect: { status: 255, code: 'stop-unconfirmed', hint: PASTE, task: 'ends after its linger' },
  },
  {
    step,
    fault: 'expired credentials once, fresh ones are there',
    arrange: { faults: [callFault('StopTask', 'expired credentials', 1)], command: COMMAND },
    expect: { status: 5, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'expired credentials forever',
    arrange: { faults: [callFault('StopTask', 'expired credentials')], command: COMMAND },
    expect: { status: 255, code: 'stop-unconfirmed', hint: PASTE, task: 'ends after its linger' },
  },
  {
    step,
    fault: 'hang, SIGINT, kill -9',
    arrange: { faults: [callFault('StopTask', 'hang')], command: COMMAND },
    act: async ({ client }) => {
      await client.said(/Stopping session/)
      client.kill('SIGINT')
      await client.said(/Stopping session/)
      client.kill('SIGKILL')
    },
    expect: { status: 'SIGKILL', task: 'ends after its linger' },
  },
  {
    step,
    fault: 'the session is refused, and so is the stop',
    arrange: {
      faults: [callFault('StopTask', 'AccessDeniedException')],
      options: ['--user', 'nobody-at-all'],
      // Long enough for the refusal, on a machine that is busy.
      bounds: { CONNECT_GRACE: 15 },
    },
    expect: {
      status: 255,
      code: 'authentication-failed',
      hint: /--user/,
      also: 'stop-unconfirmed',
      task: 'ends after its connect grace',
    },
  },
  {
    step,
    fault: 'SIGINT, and the stop is refused',
    arrange: { faults: [callFault('StopTask', 'AccessDeniedException')], command: ['sleep', '300'] },
    act: async ({ client }) => {
      await client.said(/host key verified/)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', also: 'stop-unconfirmed', task: 'ends after its linger' },
  },
]
