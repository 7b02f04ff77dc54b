import { RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import type { Arrangement, Row } from '../row.ts'
import { callFault } from './aws-faults.ts'

const step = 'address'
const call = 'DescribeNetworkInterfaces'

function onInstance(portMappings: readonly { containerPort: number; hostPort: number }[]): Arrangement {
  return {
    make: ({ ecs }) =>
      ecs.client.send(
        new RegisterTaskDefinitionCommand({
          family: 'bridge',
          networkMode: 'bridge',
          containerDefinitions: [
            { name: 'app', image: 'fargate-login-sshd', memory: 128, portMappings: [...portMappings] },
          ],
        }),
      ),
    options: ['--task-definition', 'bridge'],
  }
}

const BRIDGE = onInstance([{ containerPort: 2222, hostPort: 0 }])

export const address: readonly Row[] = [
  {
    step,
    fault: `${call}: denied`,
    arrange: { faults: [{ operation: call, error: 'UnauthorizedOperation', status: 403 }] },
    expect: {
      status: 0,
      says: /warning: .*UnauthorizedOperation.*private address/,
      task: 'stopped by the client',
    },
  },
  {
    step,
    fault: `${call}: denied, --address public`,
    arrange: {
      faults: [{ operation: call, error: 'UnauthorizedOperation', status: 403 }],
      options: ['--address', 'public'],
    },
    expect: { status: 255, code: 'aws-refused', hint: /docs\/iam\.md/, task: 'stopped by the client' },
  },
  {
    step,
    fault: `${call}: throttled six times`,
    arrange: { faults: [{ operation: call, error: 'RequestLimitExceeded', times: 6 }] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: `${call}: server error 500 forever`,
    seconds: 25,
    arrange: { faults: [callFault(call, 'server error 500 forever')], options: ['--timeout', '24'] },
    expect: { status: 255, code: 'aws-unreachable', hint: /try again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: `${call}: reset six times`,
    arrange: { faults: [callFault(call, 'reset forever', 6)] },
    expect: { status: 0, task: 'stopped by the client' },
  },
  {
    step,
    fault: `${call}: hang`,
    arrange: { faults: [callFault(call, 'hang')], options: ['--timeout', '3'] },
    expect: { status: 255, code: 'aws-unreachable', hint: /try again/, task: 'stopped by the client' },
  },
  {
    step,
    fault: `${call}: hang, SIGINT`,
    arrange: { faults: [callFault(call, 'hang')] },
    act: async ({ client }) => {
      await client.said(/Starting \S+ \(RUNNING\)/)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the ENI has no public address',
    arrange: { options: ['-v'], faults: [{ task: 'no-public-address' }] },
    expect: { status: 0, says: /address is .* \(private\)/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'the ENI has no public address, --address public',
    arrange: { faults: [{ task: 'no-public-address' }], options: ['--address', 'public'] },
    expect: {
      status: 255,
      code: 'address-missing',
      hint: /subnet is public/,
      task: 'stopped by the client',
    },
  },
  {
    step,
    fault: 'the task has no IPv6 address, --address ipv6',
    arrange: { options: ['--address', 'ipv6', '--timeout', '4'] },
    expect: { status: 255, code: 'address-missing', hint: /dualStackIPv6/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'no host port is mapped to sshd',
    arrange: onInstance([{ containerPort: 80, hostPort: 0 }]),
    expect: {
      status: 255,
      code: 'address-missing',
      hint: /containerPort 2222/,
      task: 'stopped by the client',
    },
  },
  {
    step,
    fault: 'DescribeContainerInstances: MISSING',
    arrange: { ...BRIDGE, faults: [{ operation: 'DescribeContainerInstances', failure: 'MISSING' }] },
    expect: { status: 255, code: 'address-missing', hint: /\S/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeInstances: denied',
    arrange: {
      ...BRIDGE,
      faults: [{ operation: 'DescribeInstances', error: 'UnauthorizedOperation', status: 403 }],
    },
    expect: { status: 255, code: 'aws-refused', hint: /docs\/iam\.md/, task: 'stopped by the client' },
  },
  {
    step,
    fault: 'DescribeInstances: hang',
    arrange: {
      ...BRIDGE,
      faults: [callFault('DescribeInstances', 'hang')],
      options: ['--task-definition', 'bridge', '--timeout', '3'],
    },
    expect: { status: 255, code: 'aws-unreachable', hint: /try again/, task: 'stopped by the client' },
  },
]
