import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseService } from '../../cli/aws/parse/parse-service.ts'
import { parseTask } from '../../cli/aws/parse/parse-task.ts'
import { parseTaskDefinition } from '../../cli/aws/parse/parse-task-definition.ts'

const ARN = 'arn:aws:ecs:us-east-1:1:task/default/a'

describe('parseTask', () => {
  it('finds the network interface by name, whatever the order and the spelling of its type', () => {
    const details = [
      { name: 'subnetId', value: 'subnet-1' },
      { name: 'privateIPv4Address', value: '10.0.0.7' },
      { name: 'networkInterfaceId', value: 'eni-1' },
    ]
    for (const type of ['ElasticNetworkInterface', 'eni']) {
      const attachments = [{ type: 'ServiceConnect' }, { type, details }]
      expect(parseTask({ taskArn: ARN, attachments }).networkInterface).toEqual({
        id: 'eni-1',
        privateIpv4: '10.0.0.7',
      })
    }
  })

  it('knows nothing of it right after RunTask', () => {
    const attachments = [
      {
        type: 'ElasticNetworkInterface',
        status: 'PRECREATED',
        details: [{ name: 'subnetId', value: 'subnet-1' }],
      },
    ]
    expect(
      parseTask({ taskArn: ARN, attachments, containers: [{ networkInterfaces: [] }] }).networkInterface,
    ).toEqual({})
  })

  it('takes from the containers what the attachment does not say', () => {
    const containers = [
      { networkInterfaces: [{ privateIpv4Address: '10.0.0.8', ipv6Address: '2001:db8::8' }] },
    ]
    expect(parseTask({ taskArn: ARN, containers }).networkInterface).toEqual({
      privateIpv4: '10.0.0.8',
      ipv6: '2001:db8::8',
    })
  })

  it('survives any member that is absent or empty', () => {
    const text = fc.option(fc.string(), { nil: undefined })
    const detail = fc.record({ name: text, value: text })
    const partial = fc.record({
      taskArn: text,
      lastStatus: text,
      desiredStatus: text,
      stoppedReason: text,
      attachments: fc.option(
        fc.array(fc.record({ type: text, details: fc.option(fc.array(detail), { nil: undefined }) })),
        { nil: undefined },
      ),
      containers: fc.option(
        fc.array(
          fc.record({ name: text, networkBindings: fc.option(fc.array(fc.record({})), { nil: undefined }) }),
        ),
        { nil: undefined },
      ),
    })
    fc.assert(
      fc.property(partial, (task) => {
        expect(parseTask(task as Parameters<typeof parseTask>[0]).containers).toBeInstanceOf(Array)
      }),
    )
  })
})

describe('parseTaskDefinition', () => {
  const containerDefinitions = [{ name: 'app', image: 'x' }]

  it('takes bridge where nothing is said, and no price where no size is given', () => {
    const definition = parseTaskDefinition({ taskDefinitionArn: 'arn', containerDefinitions }, [])
    expect(definition).toMatchObject({ networkMode: 'bridge', containers: [{ name: 'app', labels: {} }] })
    expect(definition).not.toHaveProperty('size')
  })

  it('reads size and architecture', () => {
    const sized = {
      containerDefinitions,
      cpu: '512',
      memory: '1024',
      runtimePlatform: { cpuArchitecture: 'ARM64' },
    } as const
    expect(parseTaskDefinition(sized, []).size).toEqual({
      cpuUnits: 512,
      memoryMib: 1024,
      architecture: 'ARM64',
    })
  })

  it.each([
    [{}, /no container/],
    [
      { containerDefinitions, runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } },
      /Windows/,
    ],
  ] as const)('refuses %j', (definition, message) => {
    expect(() => parseTaskDefinition(definition as Parameters<typeof parseTaskDefinition>[0], [])).toThrow(
      message,
    )
  })
})

describe('parseService', () => {
  it('finds the facts in the primary task set of an external or blue/green deployment', () => {
    const taskSets = [
      { status: 'ACTIVE', taskDefinition: 'old' },
      {
        status: 'PRIMARY',
        taskDefinition: 'new',
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      },
    ] as const
    expect(parseService({ taskSets: taskSets as never })).toEqual({
      taskDefinition: 'new',
      launchType: 'FARGATE',
      network: { subnets: ['subnet-1'], securityGroups: [], assignPublicIp: false },
    })
  })

  it('refuses a service that names no task definition', () => {
    expect(() => parseService({ serviceName: 'web' })).toThrow(/has no task definition/)
  })
})
