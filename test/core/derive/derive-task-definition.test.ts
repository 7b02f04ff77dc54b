import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeriveOptions, deriveTaskDefinition } from '../../../cli/core/derive/derive-task-definition.ts'
import { FargateLoginError } from '../../../cli/core/error.ts'
import type { ContainerDocument, TaskDefinitionDocument } from '../../../cli/core/task/definition-document.ts'

const OPTIONS: DeriveOptions = {
  container: 'app',
  toolkitImage: 'acme/fargate-login-sshd:1',
  port: 2222,
  keepSidecars: false,
}

const LOGS = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
}

const APP: ContainerDocument = {
  name: 'app',
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:abc123',
  cpu: 0,
  essential: true,
  entryPoint: ['bin/docker-entrypoint'],
  command: ['bin/rails', 'server'],
  portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: 'tcp', name: 'web', appProtocol: 'http' }],
  environment: [{ name: 'RAILS_ENV', value: 'production' }],
  environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::acme/web.env' }],
  secrets: [{ name: 'DATABASE_URL', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/db' }],
  mountPoints: [{ sourceVolume: 'storage', containerPath: '/app/storage', readOnly: false }],
  volumesFrom: [],
  user: '1000:1000',
  workingDirectory: '/app',
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: true },
  dependsOn: [{ containerName: 'datadog', condition: 'START' }],
  dockerLabels: { team: 'shop' },
  healthCheck: { command: ['CMD-SHELL', 'curl -f localhost:3000/up'], interval: 30 },
  restartPolicy: { enabled: true },
  stopTimeout: 60,
  logConfiguration: LOGS,
  somethingNew: { kept: true },
}

const DATADOG: ContainerDocument = {
  name: 'datadog',
  image: 'public.ecr.aws/datadog/agent:7',
  essential: false,
  portMappings: [{ containerPort: 8126, hostPort: 8126, protocol: 'tcp' }],
  environment: [{ name: 'ECS_FARGATE', value: 'true' }],
}

const WEB: TaskDefinitionDocument = {
  taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:7',
  family: 'web',
  revision: 7,
  status: 'ACTIVE',
  registeredAt: '2026-01-01T00:00:00Z',
  registeredBy: 'arn:aws:iam::123456789012:user/ci',
  requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.task-iam-role' }],
  compatibilities: ['EC2', 'FARGATE'],
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '512',
  memory: '1024',
  ephemeralStorage: { sizeInGiB: 40 },
  runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  taskRoleArn: 'arn:aws:iam::123456789012:role/web',
  executionRoleArn: 'arn:aws:iam::123456789012:role/ecs',
  enableFaultInjection: false,
  placementConstraints: [],
  volumes: [
    { name: 'storage', efsVolumeConfiguration: { fileSystemId: 'fs-1', transitEncryption: 'ENABLED' } },
  ],
  containerDefinitions: [APP, DATADOG],
}

const MIGRATE: ContainerDocument = { name: 'migrate', image: 'web', essential: false }

function derive(change: Partial<TaskDefinitionDocument> = {}, options: Partial<DeriveOptions> = {}) {
  const { registration, dropped, notes } = deriveTaskDefinition(
    { ...WEB, ...change },
    { ...OPTIONS, ...options },
  )
  const containers = new Map(registration.containerDefinitions?.map((one) => [one.name, one]))
  return { registration, dropped, notes, containers, app: containers.get('app') }
}

function withApp(change: Partial<ContainerDocument>, ...others: readonly ContainerDocument[]) {
  return { containerDefinitions: [{ ...APP, ...change }, ...others] }
}

const KEEP = { keepSidecars: true }

describe('deriving from a web service on Fargate', () => {
  it('gives a task definition of which only the session runs', () => {
    expect(deriveTaskDefinition(WEB, OPTIONS)).toMatchSnapshot()
  })

  it('leaves out what only a description has', () => {
    expect(Object.keys(derive().registration).sort()).toEqual([
      'containerDefinitions',
      'cpu',
      'ephemeralStorage',
      'executionRoleArn',
      'family',
      'memory',
      'networkMode',
      'placementConstraints',
      'requiresCompatibilities',
      'runtimePlatform',
      'taskRoleArn',
      'volumes',
    ])
  })

  it('keeps all of the app container that the app would find', () => {
    const { command: _c, healthCheck: _h, restartPolicy: _r, ...kept } = APP
    const { essential: _e, entryPoint: _n, portMappings: _p, mountPoints: _m, dependsOn: _d, ...same } = kept
    const { dockerLabels: _l, linuxParameters: _i, ...others } = same
    const { app } = derive()
    expect(app).toMatchObject(others)
    for (const gone of ['command', 'healthCheck', 'restartPolicy']) expect(app).not.toHaveProperty(gone)
  })

  it('makes the app container essential, whatever it was', () => {
    expect(derive(withApp({ essential: false })).app?.essential).toBe(true)
  })

  it('cuts a long family, so that the suffix fits', () => {
    const { family } = derive({ family: 'f'.repeat(250) }).registration
    expect(family).toHaveLength(255)
    expect(family).toMatch(/f-fargate-login$/)
  })

  it('names the containers left out, and keeps none of their traces', () => {
    const { dropped, app, notes } = derive()
    expect(dropped).toEqual(['datadog'])
    expect(app?.dependsOn).toEqual([{ containerName: 'fargate-login-toolkit', condition: 'SUCCESS' }])
    expect(notes).toEqual([])
  })
})

describe("the app's Linux parameters", () => {
  const parameters = (linuxParameters: NonNullable<ContainerDocument['linuxParameters']>) =>
    derive(withApp({ linuxParameters })).app?.linuxParameters

  it('are kept, but for an init process, whose environment would keep the keys', () => {
    const kept = { sharedMemorySize: 64, capabilities: { add: ['SYS_PTRACE'] } }
    expect(parameters({ ...kept, initProcessEnabled: true })).toEqual(kept)
    expect(parameters({ initProcessEnabled: true })).toBeUndefined()
  })
})

describe('the helper container', () => {
  it('has a size of its own only where the task has none', () => {
    const { memory: _, ...noSize } = WEB
    const helper = (source: TaskDefinitionDocument) =>
      deriveTaskDefinition(source, OPTIONS).registration.containerDefinitions?.[0]
    expect(helper(noSize)).toMatchObject({ name: 'fargate-login-toolkit', memory: 64 })
    expect(helper(WEB)).not.toHaveProperty('memory')
  })

  it('has a read-only root only where the app has one', () => {
    const helper = derive(withApp({ readonlyRootFilesystem: false })).containers.get('fargate-login-toolkit')
    expect(helper).not.toHaveProperty('readonlyRootFilesystem')
  })

  it('logs where the app logs', () => {
    expect(derive().containers.get('fargate-login-toolkit')?.logConfiguration).toEqual(LOGS)
  })
})

describe('the port', () => {
  it.each(['awsvpc', 'host'])('is the same on the host in %s mode', (networkMode) => {
    expect(derive({ networkMode }, { port: 22 }).app?.portMappings).toEqual([
      { containerPort: 22, hostPort: 22, protocol: 'tcp' },
    ])
  })

  it.each(['bridge', undefined])('is left to ECS on the host in %s mode', (networkMode) => {
    const { networkMode: _, ...others } = WEB
    const source = networkMode ? { ...others, networkMode } : others
    const { registration } = deriveTaskDefinition(source, OPTIONS)
    expect(registration.containerDefinitions?.[1]?.portMappings).toEqual([
      { containerPort: 2222, protocol: 'tcp' },
    ])
  })
})

describe('an init container', () => {
  const source = withApp({ dependsOn: [{ containerName: 'migrate', condition: 'SUCCESS' }] }, MIGRATE)

  it('is left out, since it may migrate a database, and the user is told', () => {
    expect(derive(source)).toMatchObject({
      dropped: ['migrate'],
      notes: ['"migrate" normally runs before "app", but is left out; --keep-sidecars includes it.'],
    })
  })

  it('runs on demand, before the session', () => {
    const { app, notes, dropped } = derive(source, KEEP)
    expect(app?.dependsOn).toEqual([
      { containerName: 'migrate', condition: 'SUCCESS' },
      { containerName: 'fargate-login-toolkit', condition: 'SUCCESS' },
    ])
    expect([notes, dropped]).toEqual([[], []])
  })
})

describe('a container that stays', () => {
  it('is the log router when the app logs by FireLens', () => {
    const router = { name: 'log_router', image: 'fluent-bit', firelensConfiguration: { type: 'fluentbit' } }
    const source = withApp({ logConfiguration: { logDriver: 'awsfirelens' } }, router, DATADOG)
    const { containers, dropped, notes } = derive(source)
    expect(containers.get('log_router')).toEqual(router)
    expect(dropped).toEqual(['datadog'])
    expect(notes).toEqual(['Container "log_router" runs as well, because the logs of "app" go through it.'])
  })

  it('is not the log router when nobody logs by it', () => {
    const router = { name: 'log_router', image: 'fluent-bit', firelensConfiguration: { type: 'fluentbit' } }
    expect(derive(withApp({}, router)).dropped).toEqual(['log_router'])
  })

  it('is one whose volumes the app takes, and so on from there', () => {
    const code = { name: 'code', image: 'code', volumesFrom: [{ sourceContainer: 'base' }] }
    const source = withApp({ volumesFrom: [{ sourceContainer: 'code' }] }, { name: 'base' }, code, DATADOG)
    const { registration, dropped, notes } = derive(source)
    expect(registration.containerDefinitions?.map(({ name }) => name)).toEqual([
      'fargate-login-toolkit',
      'app',
      'base',
      'code',
    ])
    expect(dropped).toEqual(['datadog'])
    expect(notes).toEqual([
      'Container "code" runs as well, because "app" uses its volumes.',
      'Container "base" runs as well, because "code" uses its volumes.',
    ])
  })

  it('waits for the start of the app only, which never is healthy nor completes', () => {
    const nginx = { name: 'nginx', dependsOn: [{ containerName: 'app', condition: 'HEALTHY' }] }
    const { containers } = derive(withApp({}, nginx), KEEP)
    expect(containers.get('nginx')?.dependsOn).toEqual([{ containerName: 'app', condition: 'START' }])
  })

  it('does not wait for one that is left out', () => {
    const code = { name: 'code', dependsOn: [{ containerName: 'migrate', condition: 'COMPLETE' }] }
    const { containers, notes } = derive(
      withApp({ volumesFrom: [{ sourceContainer: 'code' }] }, code, MIGRATE),
    )
    expect(containers.get('code')).toEqual({ name: 'code' })
    expect(notes).toContain(
      '"migrate" normally runs before "code", but is left out; --keep-sidecars includes it.',
    )
  })

  it('is otherwise as it was', () => {
    expect(derive({}, KEEP).containers.get('datadog')).toEqual(DATADOG)
  })
})

describe('a bridge task on EC2', () => {
  const source: Partial<TaskDefinitionDocument> = {
    networkMode: 'bridge',
    requiresCompatibilities: ['EC2'],
    ...withApp(
      { links: ['redis:cache', 'code'], volumesFrom: [{ sourceContainer: 'code' }] },
      { name: 'redis' },
      { name: 'code', links: ['redis'] },
    ),
  }

  it('keeps no link to a container that is left out, and says so', () => {
    const { app, containers, notes } = derive(source)
    expect(app?.links).toEqual(['code'])
    expect(containers.get('code')).not.toHaveProperty('links')
    expect(notes).toContain(
      'The link from "app" to "redis" is missing, because "redis" is left out; add --keep-sidecars.',
    )
  })

  it('keeps every link on demand', () => {
    expect(derive(source, KEEP).app?.links).toEqual(['redis:cache', 'code'])
  })
})

describe('App Mesh', () => {
  const proxyConfiguration = { type: 'APPMESH', containerName: 'envoy', properties: [] }
  const source = {
    ...withApp({ dependsOn: [{ containerName: 'envoy', condition: 'HEALTHY' }] }, { name: 'envoy' }),
    proxyConfiguration,
  }

  it('goes with its proxy, and the user is told', () => {
    const { registration, notes } = derive(source)
    expect(registration).not.toHaveProperty('proxyConfiguration')
    expect(notes).toEqual(['The proxy "envoy" does not run, so the session\'s connections bypass App Mesh.'])
  })

  it('stays with its proxy', () => {
    const { registration, notes } = derive(source, KEEP)
    expect(registration.proxyConfiguration).toEqual(proxyConfiguration)
    expect(notes).toEqual([])
  })
})

describe('what containers share', () => {
  it('is no process when only the app remains', () => {
    expect(derive({ pidMode: 'task' }).registration).not.toHaveProperty('pidMode')
    expect(derive({ pidMode: 'task' }, KEEP).registration.pidMode).toBe('task')
  })

  it('is otherwise as it was', () => {
    const kept = { ipcMode: 'task', placementConstraints: [{ type: 'memberOf', expression: 'x' }] }
    expect(derive(kept).registration).toMatchObject(kept)
  })

  it.each([
    ['a path of the instance', { host: { sourcePath: '/srv' } }],
    ['EFS', { efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
    ['a shared volume', { dockerVolumeConfiguration: { scope: 'shared' } }],
  ])('says that a directory stays in what is mounted above the tools: %s', (_, volume) => {
    const volumes = [{ name: 'opt', ...volume }]
    const mounted = withApp({ mountPoints: [{ sourceVolume: 'opt', containerPath: '/opt' }] })
    expect(derive({ volumes, ...mounted }).notes).toEqual([
      'The session leaves an empty directory /opt/fargate-login on volume "opt" (mounted at /opt).',
    ])
    expect(derive({ volumes: [{ name: 'opt' }], ...mounted }).notes).toEqual([])
  })

  it('is no volume that is configured at launch and that nobody mounts any more', () => {
    const volumes = [{ name: 'data', configuredAtLaunch: true }, { name: 'unused' }]
    const { registration, notes } = derive({ volumes })
    expect(registration.volumes).toEqual([{ name: 'unused' }, { name: 'fargate-login' }])
    expect(notes).toEqual([
      'Volume "data", configured at launch, is left out: no running container mounts it.',
    ])
  })
})

it('drops the labels of the app, by which a proxy would send requests to the session', () => {
  const { registration } = derive(withApp({ dockerLabels: { 'traefik.enable': 'true' } }))
  const labels = registration.containerDefinitions?.map(({ dockerLabels }) => dockerLabels)
  expect(labels).toContainEqual({ 'fargate-login': 'true' })
  expect(JSON.stringify(labels)).not.toContain('traefik')
})

describe('deriving from whatever ECS may answer', () => {
  const odd = fc.oneof(fc.constant(undefined), fc.constant(null), fc.jsonValue({ maxDepth: 2 }))
  const name = fc.constantFrom('app', 'a', 'b', '__proto__')
  const listOf = (item: fc.Arbitrary<unknown>) => fc.array(item, { maxLength: 3 })
  const either = (good: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 40, arbitrary: good }, { weight: 1, arbitrary: odd })
  const record = (members: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
    fc.record(Object.fromEntries(Object.entries(members).map(([key, value]) => [key, either(value)])), {
      requiredKeys,
    })
  const container = record(
    {
      name,
      dependsOn: listOf(record({ containerName: name, condition: fc.constantFrom('START', 'SUCCESS') })),
      links: listOf(name),
      volumesFrom: listOf(record({ sourceContainer: name })),
      mountPoints: listOf(
        record({
          sourceVolume: name,
          containerPath: fc.constantFrom('/x', '/y', '/opt', '/opt/fargate-login'),
        }),
      ),
      portMappings: listOf(record({ containerPort: fc.constantFrom(80, 2222) })),
      logConfiguration: record({ logDriver: fc.constantFrom('awsfirelens', 'awslogs') }),
      firelensConfiguration: fc.constant({}),
      dockerLabels: fc.dictionary(fc.string(), fc.string()),
      linuxParameters: record({ tmpfs: listOf(record({ containerPath: fc.constant('/x') })) }),
    },
    ['name'],
  )
  const document = record(
    {
      family: fc.constantFrom('web', 'web-fargate-login'),
      containerDefinitions: fc
        .tuple(container, listOf(either(container)))
        .map(([one, others]) => [{ ...one, name: 'app' }, ...others]),
      volumes: listOf(record({ name, configuredAtLaunch: fc.boolean() })),
      networkMode: fc.constantFrom('awsvpc', 'awsvpc', 'bridge', 'host', 'none'),
      pidMode: fc.constantFrom('task', 'task', 'task', 'host'),
      memory: fc.constant('512'),
      requiresCompatibilities: listOf(fc.constantFrom('FARGATE', 'EXTERNAL')),
      proxyConfiguration: record({ containerName: name }),
      tags: odd,
    },
    ['family', 'containerDefinitions'],
  )

  /** What deriving gives: a registration, or our own refusal. Anything else is thrown on. */
  function outcome(source: unknown, keepSidecars: boolean): unknown {
    try {
      return deriveTaskDefinition(source as TaskDefinitionDocument, { ...OPTIONS, keepSidecars })
    } catch (error) {
      if (error instanceof FargateLoginError) return [error.code, error.message, error.hint]
      throw error
    }
  }

  it('derives or refuses, always alike, and leaves the source as it is', () => {
    let derived = 0
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: document }, odd), fc.boolean(), (source, keepSidecars) => {
        const before = structuredClone(source)
        const first = outcome(source, keepSidecars)
        if (!Array.isArray(first)) derived += 1
        expect(source).toEqual(before)
        expect(JSON.stringify(outcome(structuredClone(source), keepSidecars))).toBe(JSON.stringify(first))
      }),
      { numRuns: 1000 },
    )
    // Else the property would say little.
    expect(derived).toBeGreaterThan(50)
  })
})
