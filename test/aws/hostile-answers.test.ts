import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs'
import fc from 'fast-check'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import { parseListedTask } from '../../cli/aws/parse/parse-listed-task.ts'
import { parseService } from '../../cli/aws/parse/parse-service.ts'
import { parseTask } from '../../cli/aws/parse/parse-task.ts'
import { parseTaskDefinition } from '../../cli/aws/parse/parse-task-definition.ts'
import { deriveTaskDefinition } from '../../cli/core/derive/derive-task-definition.ts'
import { derivedHash } from '../../cli/core/derive/registration.ts'
import { differencesText } from '../../cli/core/differences/text.ts'
import { type ErrorCode, FargateLoginError } from '../../cli/core/error.ts'
import { chooseAwsvpcRoute } from '../../cli/core/link/address.ts'
import { makePlan } from '../../cli/core/plan/plan.ts'
import { planDerivation } from '../../cli/core/plan/planned-derivation.ts'
import { sessionTask } from '../../cli/core/task/listed-task.ts'
import { sessionTaskJson } from '../../cli/core/task/session-task-json.ts'
import { taskStopped } from '../../cli/core/task/stop-reason.ts'
import { isEnding, reasonIsKnown } from '../../cli/core/task/task.ts'
import { glyphsFor } from '../../cli/terminal/glyphs.ts'
import { taskTable } from '../../cli/terminal/task-table.ts'
import { damaged } from '../helpers/damage.ts'
import { expectHarmless } from '../helpers/foreign.ts'
import { CONFIG, PLAN_INPUT } from '../helpers/values.ts'

const SERVICE = {
  serviceName: 'web',
  status: 'ACTIVE',
  taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:7',
  capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 }],
  platformVersion: 'LATEST',
  networkConfiguration: {
    awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' },
  },
} as const satisfies Service

const TASK_SETS = {
  serviceName: 'web',
  taskSets: [{ ...SERVICE, status: 'PRIMARY', launchType: 'FARGATE' }],
} as const satisfies Service

const DEFINITION = {
  taskDefinitionArn: SERVICE.taskDefinition,
  family: 'web',
  revision: 7,
  networkMode: 'awsvpc',
  pidMode: 'task',
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/x',
  requiresCompatibilities: ['FARGATE'],
  runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  volumes: [{ name: 'data', host: {} }],
  containerDefinitions: [
    {
      name: 'app',
      image: 'example/web:1',
      essential: true,
      entryPoint: ['/bin/app'],
      command: ['serve'],
      environment: [{ name: 'A', value: 'b' }],
      secrets: [{ name: 'S', valueFrom: 'arn' }],
      portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
      mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
      volumesFrom: [{ sourceContainer: 'proxy' }],
      dependsOn: [{ containerName: 'proxy', condition: 'START' }],
      dockerLabels: { 'fargate-login': 'true', 'fargate-login.hash': 'x' },
      logConfiguration: { logDriver: 'awsfirelens', options: { a: 'b' } },
      linuxParameters: { tmpfs: [{ containerPath: '/t', size: 1 }] },
      healthCheck: { command: ['CMD', 'true'] },
    },
    { name: 'proxy', image: 'p', links: ['app:a'] },
  ],
} as const

const TASK = {
  taskArn: 'arn:aws:ecs:us-east-1:123456789012:task/default/0123456789abcdef',
  lastStatus: 'STOPPED',
  desiredStatus: 'STOPPED',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containerInstanceArn: 'arn',
  attachments: [
    {
      type: 'ElasticNetworkInterface',
      details: [
        { name: 'networkInterfaceId', value: 'eni-1' },
        { name: 'privateIPv4Address', value: '10.0.0.7' },
      ],
    },
  ],
  containers: [
    {
      name: 'app',
      lastStatus: 'STOPPED',
      runtimeId: 'r',
      exitCode: 1,
      reason: 'because',
      networkBindings: [{ containerPort: 22, hostPort: 32768 }],
      networkInterfaces: [{ privateIpv4Address: '10.0.0.7', ipv6Address: '2001:db8::7' }],
    },
  ],
} as const satisfies Task

/** The value, or `undefined` for an error of ours with one of the codes; anything else fails the test. */
function orRefused<T>(call: () => T, ...codes: readonly ErrorCode[]): T | undefined {
  try {
    return call()
  } catch (error) {
    if (!(error instanceof FargateLoginError)) throw error
    expect(codes).toContain(error.code)
    return undefined
  }
}

/** Every leaf has one of the types, and no member is undefined or null. */
function expectLeaves(value: unknown, ...types: readonly string[]): void {
  if (typeof value !== 'object' || value === null) expect(types).toContain(typeof value)
  else for (const member of Object.values(value)) expectLeaves(member, ...types)
}

const RUNS = { numRuns: 600 }

const ROUTE = { network: 'awsvpc', family: 'auto', publicIpExpected: false, port: 22 } as const

describe('an answer with members that are missing, null, of another type, or absurd', () => {
  it.each([SERVICE, TASK_SETS])('as a service is read, or refused', (document) => {
    fc.assert(
      fc.property(damaged<Service>(document), (answer) => {
        const service = orRefused(() => parseService(answer), 'service-unusable')
        if (!service) return
        const { network, capacityProviderStrategy = [], ...rest } = service
        expectLeaves(rest, 'string')
        expect(service.taskDefinition).not.toBe('')
        if (network) {
          expect(typeof network.assignPublicIp).toBe('boolean')
          expectLeaves([...network.subnets, ...network.securityGroups], 'string')
        }
        for (const { capacityProvider, ...numbers } of capacityProviderStrategy) {
          expect(typeof capacityProvider).toBe('string')
          expectLeaves(numbers, 'number')
        }
      }),
      RUNS,
    )
  })

  it('as a task is read, and goes through all that looks at it', () => {
    fc.assert(
      fc.property(damaged<Task>(TASK), (answer) => {
        const task = parseTask(answer)
        const { containers, networkInterface, ...rest } = task
        expectLeaves(rest, 'string')
        expectLeaves(networkInterface, 'string')
        for (const { ports, exitCode = 0, ...container } of containers) {
          expectLeaves(container, 'string')
          expect(Number.isInteger(exitCode)).toBe(true)
          for (const port of ports.flatMap((binding) => Object.values(binding))) {
            expect(port > 0 && port < 65536 && Number.isInteger(port)).toBe(true)
          }
        }
        isEnding(task)
        reasonIsKnown(task)
        chooseAwsvpcRoute(task, ROUTE, null)
        const { message, hint } = taskStopped(task, {})
        expect(
          message
            .split('\n')
            .slice(1)
            .every((line) => line.startsWith('  container ')),
        ).toBe(true)
        expect(message.length).toBeLessThan(20_000)
        expect(hint).toBeDefined()
      }),
      RUNS,
    )
  })

  it('as a listed task is read, and shown in one line of a table', () => {
    const now = new Date()
    const listed = {
      ...TASK,
      startedBy: 'fargate-login/abcdefghijkl',
      taskDefinitionArn: DEFINITION.taskDefinitionArn,
      launchType: 'FARGATE',
      cpu: '256',
      memory: '512',
      createdAt: now,
      attributes: [{ name: 'ecs.cpu-architecture', value: 'arm64' }],
      tags: [{ key: 'fargate-login:owner', value: 'alice' }],
      overrides: {
        containerOverrides: [
          {
            name: 'app',
            environment: [
              { name: 'FARGATE_LOGIN_SESSION', value: 's' },
              { name: 'FARGATE_LOGIN_OWNER', value: 'alice' },
            ],
          },
        ],
      },
    } as const satisfies Task
    fc.assert(
      fc.property(damaged<Task>(listed), (answer) => {
        const whose = { owner: 'alice', noted: new Set<string>() }
        const task = sessionTask(parseListedTask(answer), whose, new Set())
        if (!task) return
        expect(task.session).toBe('abcdefghijkl')
        JSON.stringify(sessionTaskJson(task, now))
        const text = taskTable([task], {
          withOwner: true,
          kept: new Map(),
          glyphs: glyphsFor({}),
          colours: picocolors.createColors(false),
          now,
        })
        expectHarmless(text)
        expect(text.split('\n')).toHaveLength(3)
        expect(text).not.toMatch(/NaN|undefined|\[object/)
      }),
      RUNS,
    )
  })

  it('as a task definition is read or refused, and goes through plan and derivation', () => {
    const config = { ...CONFIG, container: 'app' }
    const toolkit = { container: 'app', toolkitImage: 'toolkit', port: 2222, keepSidecars: true }
    fc.assert(
      fc.property(damaged(DEFINITION), (answer) => {
        const definition = orRefused(
          () => parseTaskDefinition(answer as unknown as TaskDefinition, []),
          'task-definition-unusable',
        )
        if (!definition) return
        const { document, size, containers, arn, networkMode } = definition
        expectLeaves([arn, networkMode], 'string')
        for (const { fixedPorts = [], ...container } of containers) {
          expectLeaves(container, 'string')
          for (const port of fixedPorts.flatMap((binding) => Object.values(binding))) {
            expect(port > 0 && port < 65536 && Number.isInteger(port)).toBe(true)
          }
        }
        if (size) expectLeaves(size, 'string', 'number')
        const refused = ['container-ambiguous', 'usage', 'task-definition-unusable'] as const
        orRefused(() => makePlan({ ...PLAN_INPUT, config, definition }), ...refused)
        orRefused(
          () => makePlan({ ...PLAN_INPUT, config: { ...config, enter: 'proxy' }, definition }),
          ...refused,
        )
        derivedHash(document)
        const derived = orRefused(() => deriveTaskDefinition(document, toolkit), ...refused)
        if (!derived) return
        const facts = { container: 'app', source: definition, derived, hash: 'h', tags: true, version: '1' }
        const planned = orRefused(() => planDerivation(facts), ...refused)
        if (planned) differencesText(planned.differences)
      }),
      RUNS,
    )
  })
})
