import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveTaskDefinition } from '../../../cli/core/derive/derive-task-definition.ts'
import { differences } from '../../../cli/core/differences/differences.ts'
import { differencesText } from '../../../cli/core/differences/text.ts'
import type { ContainerDocument, TaskDefinitionDocument } from '../../../cli/core/task/definition-document.ts'

const WEB: TaskDefinitionDocument = {
  taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:7',
  family: 'web',
  revision: 7,
  networkMode: 'awsvpc',
  memory: '512',
  volumes: [],
  containerDefinitions: [
    {
      name: 'app',
      image: 'web',
      entryPoint: ['bin/serve'],
      command: ['bin/rails', 'server'],
      portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
      environment: [{ name: 'RAILS_ENV', value: 'production' }],
      dependsOn: [{ containerName: 'datadog', condition: 'START' }],
      healthCheck: { command: ['CMD', 'true'] },
    },
    { name: 'datadog', image: 'datadog/agent:7', environment: [{ name: 'DD_API_KEY', value: 'hunter2' }] },
  ],
}
const OPTIONS = {
  container: 'app',
  toolkitImage: 'acme/fargate-login-sshd:1',
  port: 2222,
  keepSidecars: false,
}

function text(before: TaskDefinitionDocument, after: TaskDefinitionDocument): string {
  return differencesText(differences(before, after))
}

/** Two definitions whose one container differs. */
function ofContainer(before: ContainerDocument, after: ContainerDocument): string {
  const [first, ...lines] = text(
    { containerDefinitions: [{ name: 'app', ...before }] },
    { containerDefinitions: [{ name: 'app', ...after }] },
  ).split('\n')
  expect(['', '~ container app']).toContain(first)
  return lines.map((line) => line.trim()).join('\n')
}

describe('the differences of a derived task definition', () => {
  it('read like this', () => {
    const { registration } = deriveTaskDefinition(WEB, OPTIONS)
    expect(text(WEB, registration)).toBe(
      `
~ family: web -> web-fargate-login
+ volume fargate-login
+ container fargate-login-toolkit (image acme/fargate-login-sshd:1)
~ container app
    ~ entryPoint: ["bin/serve"] -> ["/opt/fargate-login/bin/busybox","sh","/opt/fargate-login/entrypoint.sh"]
    - command: ["bin/rails","server"]
    - healthCheck
    ~ portMappings: 80/tcp -> 2222/tcp
    + mountPoints: fargate-login at /opt/fargate-login
    + dependsOn: fargate-login-toolkit (SUCCESS)
    - dependsOn: datadog (START)
    + dockerLabels: fargate-login=true
- container datadog (image datadog/agent:7)`.trim(),
    )
  })

  it('have paths', () => {
    const { registration } = deriveTaskDefinition(WEB, OPTIONS)
    expect(differences(WEB, registration).map(({ sign, path }) => `${sign} ${path}`)).toEqual([
      '~ family',
      '+ volumes.fargate-login',
      '+ containers.fargate-login-toolkit',
      '~ containers.app.entryPoint',
      '- containers.app.command',
      '- containers.app.healthCheck',
      '~ containers.app.portMappings',
      '+ containers.app.mountPoints[/opt/fargate-login]',
      '+ containers.app.dependsOn[fargate-login-toolkit]',
      '- containers.app.dependsOn[datadog]',
      '+ containers.app.dockerLabels[fargate-login]',
      '- containers.datadog',
    ])
  })
})

describe('differences', () => {
  it('are none between a definition and itself as ECS describes it', () => {
    const described = {
      family: 'web',
      taskDefinitionArn: 'arn',
      status: 'ACTIVE',
      enableFaultInjection: false,
      placementConstraints: [],
      volumes: [{ name: 'tmp', host: {} }],
      containerDefinitions: [
        {
          name: 'app',
          essential: true,
          environment: [],
          mountPoints: [{ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false }],
          portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
        },
      ],
    }
    const registered = {
      family: 'web',
      volumes: [{ name: 'tmp' }],
      containerDefinitions: [
        {
          name: 'app',
          mountPoints: [{ sourceVolume: 'tmp', containerPath: '/tmp' }],
          portMappings: [{ containerPort: 80 }],
        },
      ],
    }
    expect(differences(described, registered)).toEqual([])
  })

  it('never show the value of a variable', () => {
    const env = (value: string) => ({
      environment: [{ name: 'TOKEN', value }],
      secrets: [{ name: 'KEY', valueFrom: value }],
      logConfiguration: { logDriver: 'awsfirelens', options: { apikey: value } },
    })
    expect(ofContainer(env('hunter1'), env('hunter2'))).toBe(
      '~ logConfiguration.options.apikey\n~ environment: TOKEN\n~ secrets: KEY',
    )
    const list = differences(
      { containerDefinitions: [{ name: 'app', ...env('hunter1') }] },
      {
        containerDefinitions: [
          { name: 'app', ...env('hunter2') },
          { name: 'new', ...env('hunter3') },
        ],
      },
    )
    expect(JSON.stringify(list)).not.toContain('hunter')
  })

  it('do not show the values of variables that have no names either', () => {
    const odd = { environment: ['hunter2'] }
    expect(ofContainer({}, odd)).toBe('+ environment')
  })

  it.each<[string, ContainerDocument, ContainerDocument, string]>([
    ['a variable that comes', {}, { environment: [{ name: 'A', value: '1' }] }, '+ environment: A'],
    ['a member of an object', { x: { a: 1, b: 2 } }, { x: { a: 1, b: 3 } }, '~ x.b: 2 -> 3'],
    ['a list without names', { links: ['a'] }, { links: ['b'] }, '~ links: ["a"] -> ["b"]'],
    ['essential, which is the default', {}, { essential: false }, '~ essential: true -> false'],
    ['a switch', { privileged: true }, { privileged: false }, '~ privileged: true -> false'],
    ['a label', { dockerLabels: { a: '1' } }, { dockerLabels: { a: '2' } }, '~ dockerLabels: a=1 -> a=2'],
    [
      'a mount that changes',
      { mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }] },
      { mountPoints: [{ sourceVolume: 'v', containerPath: '/v', readOnly: true }] },
      '~ mountPoints: v at /v -> v at /v (read-only)',
    ],
    [
      'ports with all that they have',
      { portMappings: [{ containerPort: 80, hostPort: 8080, name: 'web', appProtocol: 'http' }] },
      {},
      '- portMappings: 8080:80/tcp (web, http)',
    ],
  ])('show %s', (_, before, after, line) => {
    expect(ofContainer(before, after)).toBe(line)
  })

  it('group what has changed in a volume, too', () => {
    expect(
      text(
        { volumes: [{ name: 'data', host: { sourcePath: '/a' } }] },
        { volumes: [{ name: 'data', x: 1 }] },
      ),
    ).toBe('~ volume data\n    - host\n    + x: 1')
  })

  it('cut long values', () => {
    const line = ofContainer({}, { command: ['x'.repeat(500)] })
    expect(line).toHaveLength('+ command: '.length + 100)
    expect(line).toMatch(/x…$/)
  })

  it('are told of any two objects, and none of one', () => {
    const names = fc.constantFrom(
      'name',
      'environment',
      'portMappings',
      'dockerLabels',
      'volumes',
      'x',
      '__proto__',
    )
    const leaf = fc.oneof(fc.constant(null), fc.constant(undefined), fc.jsonValue({ maxDepth: 1 }))
    const thing = fc.dictionary(names, fc.oneof(leaf, fc.array(fc.dictionary(names, leaf), { maxLength: 3 })))
    const part = fc.oneof(leaf, fc.array(fc.oneof(leaf, thing), { maxLength: 3 }))
    const document = fc
      .record({ containerDefinitions: part, volumes: part, x: leaf }, { requiredKeys: [] })
      .map((value) => value as TaskDefinitionDocument)
    fc.assert(
      fc.property(document, document, (before, after) => {
        expect(typeof text(before, after)).toBe('string')
        expect(text(after, structuredClone(after))).toBe('')
      }),
      { numRuns: 200 },
    )
  })
})
