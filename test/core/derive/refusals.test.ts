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

const WEB: TaskDefinitionDocument = {
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'app', image: 'web' }],
}

function app(change: Partial<ContainerDocument>, ...others: readonly ContainerDocument[]) {
  return { containerDefinitions: [{ name: 'app', image: 'web', ...change }, ...others] }
}

function refusal(change: Partial<TaskDefinitionDocument>, options: Partial<DeriveOptions> = {}): string {
  try {
    deriveTaskDefinition({ ...WEB, ...change }, { ...OPTIONS, ...options })
  } catch (error) {
    if (error instanceof FargateLoginError && error.code === 'task-definition-unusable') {
      return `${error.message} ${error.hint}`
    }
    throw error
  }
  return 'no refusal'
}

const DATA = { volumes: [{ name: 'data', configuredAtLaunch: true }] }
const MOUNT = { mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] }
const KEEP = { keepSidecars: true }

describe('deriving refuses', () => {
  it.each([
    ['ECS Anywhere', { requiresCompatibilities: ['EXTERNAL'] }, /ECS Anywhere.*Fargate or EC2/],
    ['a task without a network', { networkMode: 'none' }, /networkMode none/],
    ['an app without a network', app({ disableNetworking: true }), /disableNetworking/],
    ["the instance's processes", { pidMode: 'host' }, /pidMode host.*instance.*without pidMode/],
    [
      'a container that is not there',
      { containerDefinitions: [{ name: 'web' }] },
      /no container "app".*\n.*--container web/,
    ],
    ['a definition without containers', { containerDefinitions: [] }, /no container "app"/],
    ['a definition without a family', { family: '' }, /no family/],
    ['a container without a name', { containerDefinitions: [{}] }, /containerDefinitions\[0\] has no name/],
    ['a volume of our name', { volumes: [{ name: 'fargate-login' }] }, /volume "fargate-login"/],
    [
      'a container of our name',
      app({}, { name: 'fargate-login-toolkit' }),
      /container "fargate-login-toolkit"/,
    ],
    [
      'what it has derived itself',
      { family: 'web-fargate-login', ...app({}, { name: 'fargate-login-toolkit' }) },
      /already derived by fargate-login.*--task-definition web$/,
    ],
    [
      'a volume that only a service configures',
      { ...DATA, ...app(MOUNT) },
      /configured at launch.*without volume "data"/,
    ],
    [
      'more than ECS takes',
      app({ environment: [{ name: 'LONG', value: 'é'.repeat(33_000) }] }),
      /has 6\d{4} bytes; ECS allows 65536/,
    ],
  ] as const)('%s', (_, change, words) => {
    expect(refusal(change)).toMatch(words)
  })

  it.each([
    ['/opt/fargate-login', { mountPoints: [{ containerPath: '/opt/fargate-login' }] }],
    ['a longer word for it', { mountPoints: [{ containerPath: '/opt//x/../fargate-login/.' }] }],
    ['a place below it', { mountPoints: [{ containerPath: '/opt/fargate-login/bin' }] }],
    ['a tmpfs there', { linuxParameters: { tmpfs: [{ containerPath: '/opt/fargate-login', size: 8 }] } }],
  ])("a mount in the tools' place: %s", (_, change) => {
    expect(refusal(app(change))).toContain("session's tools are mounted at /opt/fargate-login")
  })

  it("a mount in the tools' place that comes by volumesFrom", () => {
    const code = { name: 'code', mountPoints: [{ containerPath: '/opt/fargate-login' }] }
    expect(refusal(app({ volumesFrom: [{ sourceContainer: 'code' }] }, code))).toContain('/opt/fargate-login')
  })

  it.each([
    ['its own', app({ mountPoints: [{ containerPath: '/opt/', readOnly: true }] })],
    [
      'that comes by volumesFrom',
      app(
        { volumesFrom: [{ sourceContainer: 'code', readOnly: true }] },
        { name: 'code', mountPoints: [{ containerPath: '/opt' }] },
      ),
    ],
    ['a tmpfs', app({ linuxParameters: { tmpfs: [{ containerPath: '/opt', mountOptions: ['ro'] }] } })],
  ])("a read-only mount in which the tools' place cannot be made: %s", (_, change) => {
    expect(refusal(change)).toMatch(/has a read-only mount at \/opt.*uses another path for that mount/)
  })

  it('no read-only mount elsewhere', () => {
    const mountPoints = [{ containerPath: '/opt/data', readOnly: true }]
    expect(refusal(app({ mountPoints }))).toBe('no refusal')
  })

  it('the log router as the app while a container that stays logs through it', () => {
    const router = { firelensConfiguration: { type: 'fluentbit' } }
    const web = { name: 'web', logConfiguration: { logDriver: 'awsfirelens' } }
    expect(refusal(app(router, web), KEEP)).toMatch(/"app" is the FireLens router.*"web".*--keep-sidecars/)
    expect(refusal(app(router, web))).toBe('no refusal')
    expect(refusal(app(router, { name: 'web' }), KEEP)).toBe('no refusal')
  })

  it.each(['/opt', '/opt/fargate-login-data', '/', '/data'])('no mount at %s', (containerPath) => {
    expect(refusal(app({ mountPoints: [{ containerPath }] }))).toBe('no refusal')
  })

  it('an eleventh container', () => {
    const others = Array.from({ length: 9 }, (_, index) => ({ name: `c${index}` }))
    expect(refusal(app({}, ...others), KEEP)).toMatch(/11 containers; ECS allows 10.*--keep-sidecars/)
    expect(refusal(app({}, ...others))).toBe('no refusal')
  })

  it('a volume configured at launch of a sidecar that stays', () => {
    const source = { ...DATA, ...app({}, { name: 'db', ...MOUNT }) }
    expect(refusal(source, KEEP)).toMatch(/"db" mounts volume "data".*--keep-sidecars/)
    expect(refusal(source)).toBe('no refusal')
  })

  it.each([
    ['a port', { containerPort: 2222 }],
    ['a range of ports', { containerPortRange: '2200-2300' }],
  ])("a sidecar that stays and takes the session's port by %s", (_, mapping) => {
    const source = app({}, { name: 'sftp', portMappings: [mapping] })
    expect(refusal(source, KEEP)).toMatch(/"sftp" already uses port 2222.*--port/)
    expect(refusal(source, { ...KEEP, port: 2022 })).toBe('no refusal')
    expect(refusal(source)).toBe('no refusal')
    expect(refusal({ ...source, networkMode: 'bridge' }, KEEP)).toBe('no refusal')
  })

  it('a private toolkit image on Fargate without an execution role', () => {
    const toolkitImage = '123456789012.dkr.ecr.us-east-1.amazonaws.com/toolkit:1'
    expect(refusal({}, { toolkitImage })).toMatch(/no execution role/)
    expect(refusal({ executionRoleArn: 'arn:aws:iam::1:role/x' }, { toolkitImage })).toBe('no refusal')
    expect(refusal({ requiresCompatibilities: ['EC2'] }, { toolkitImage })).toBe('no refusal')
  })

  it('a member that it does not understand, by its path', () => {
    const odd = {
      containerDefinitions: [{ name: 'app', dependsOn: 'x' }],
    } as unknown as TaskDefinitionDocument
    expect(refusal(odd)).toContain('task definition.containerDefinitions[0].dependsOn is not a list')
  })
})
