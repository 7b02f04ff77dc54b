import type { ErrorCode } from '../../../cli/core/error.ts'
import type { Row } from '../row.ts'
import { type AwsFault, callFault } from './aws-faults.ts'

const step = 'plan'
const CODES: readonly (readonly [AwsFault, ErrorCode, RegExp])[] = [
  ['AccessDeniedException', 'aws-refused', /docs\/iam\.md/],
  ['expired credentials', 'aws-refused', /Renew them/],
  ['throttled forever', 'aws-unreachable', /try again/],
  ['server error 500 forever', 'aws-unreachable', /try again/],
  ['reset forever', 'aws-unreachable', /try again/],
  ['hang', 'aws-unreachable', /try again/],
]

const calls: readonly Row[] = ['DescribeTaskDefinition', 'DescribeServices'].flatMap((operation) =>
  CODES.map(
    ([fault, code, hint]): Row => ({
      step,
      fault: `${operation}: ${fault}`,
      arrange: {
        faults: [callFault(operation, fault)],
        options: [
          ...(fault === 'hang' ? ['--timeout', '2'] : []),
          ...(operation === 'DescribeServices' ? ['--service', 'web'] : []),
        ],
      },
      expect: { status: 255, code, hint, task: 'none is started' },
    }),
  ),
)

const ends: readonly Row[] = (
  [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const
).map(([signal, status]) => ({
  step,
  fault: `DescribeTaskDefinition: hang, ${signal}`,
  arrange: { faults: [callFault('DescribeTaskDefinition', 'hang')] },
  act: async ({ client }) => {
    await client.said(/Reading /)
    client.kill(signal)
  },
  expect: { status, code: 'cancelled', task: 'none is started' },
}))

export const plan: readonly Row[] = [
  ...calls,
  ...ends,
  {
    step,
    fault: 'DescribeTaskDefinition: throttled twice',
    arrange: { faults: [callFault('DescribeTaskDefinition', 'throttled forever', 2)] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeServices: MISSING',
    arrange: { options: ['--service', 'web'] },
    expect: { status: 255, code: 'service-unusable', hint: /list-services/, task: 'none is started' },
  },
  {
    step,
    fault: 'the task definition is not there',
    arrange: { options: ['--task-definition', 'nothing'] },
    expect: {
      status: 255,
      code: 'aws-refused',
      hint: /list-task-definition-families/,
      task: 'none is started',
    },
  },
  {
    step,
    fault: 'the cluster is not there',
    arrange: { options: ['--cluster', 'nowhere'] },
    expect: { status: 255, code: 'aws-refused', hint: /list-clusters/, task: 'none is started' },
  },
  {
    step,
    fault: 'DescribeTaskDefinition: hang, kill -9',
    arrange: { faults: [callFault('DescribeTaskDefinition', 'hang')] },
    act: async ({ client }) => {
      await client.said(/Reading /)
      client.kill('SIGKILL')
    },
    expect: { status: 'SIGKILL', task: 'none is started' },
  },
]
