import type { ContainerDocument, TaskDefinitionDocument } from '../task/definition-document.ts'
import { unusable } from './checks/refusal.ts'

/** A document with the members that deriving needs, each checked for its type. */
export interface DeriveSource extends TaskDefinitionDocument {
  readonly family: string
  readonly containerDefinitions: readonly SourceContainer[]
}

export interface SourceContainer extends ContainerDocument {
  readonly name: string
}

type Shape = 'text' | 'number' | 'flag' | readonly [Shape] | { readonly [member: string]: Shape }

const TYPES = { text: 'string', number: 'number', flag: 'boolean' } as const

const CONTAINER: Shape = {
  name: 'text',
  image: 'text',
  user: 'text',
  links: ['text'],
  portMappings: [{ containerPort: 'number', containerPortRange: 'text', hostPort: 'number' }],
  mountPoints: [{ sourceVolume: 'text', containerPath: 'text', readOnly: 'flag' }],
  volumesFrom: [{ sourceContainer: 'text', readOnly: 'flag' }],
  dependsOn: [{ containerName: 'text', condition: 'text' }],
  dockerLabels: {},
  logConfiguration: { logDriver: 'text' },
  linuxParameters: {
    capabilities: { add: ['text'] },
    tmpfs: [{ containerPath: 'text', mountOptions: ['text'] }],
  },
}

const DEFINITION: Shape = {
  family: 'text',
  taskDefinitionArn: 'text',
  containerDefinitions: [CONTAINER],
  volumes: [{ name: 'text', host: { sourcePath: 'text' }, dockerVolumeConfiguration: { scope: 'text' } }],
  networkMode: 'text',
  pidMode: 'text',
  executionRoleArn: 'text',
  requiresCompatibilities: ['text'],
  proxyConfiguration: { containerName: 'text' },
}

/**
 * Checks the members that deriving uses. An unreadable member is refused, because skipping it would derive another task
 * than the user means. `null` counts as absent.
 * @throws FargateLoginError `task-definition-unusable`
 */
export function readDeriveSource(document: TaskDefinitionDocument): DeriveSource {
  const source = read(document, DEFINITION, 'task definition') as TaskDefinitionDocument
  const { family, containerDefinitions = [] } = source
  if (!family) throw unreadable('task definition', 'has no family')
  containerDefinitions.forEach(({ name }, index) => {
    if (!name) throw unreadable(`containerDefinitions[${index}]`, 'has no name')
  })
  return { ...source, family, containerDefinitions: containerDefinitions as readonly SourceContainer[] }
}

function read(value: unknown, shape: Shape, path: string): unknown {
  if (typeof shape === 'string') {
    if (typeof value === TYPES[shape]) return value
    throw unreadable(path, `is not a ${shape}`)
  }
  if (isList(shape)) {
    if (Array.isArray(value)) return value.map((item, index) => read(item, shape[0], `${path}[${index}]`))
    throw unreadable(path, 'is not a list')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable(path, 'is not an object')
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined)
  return Object.fromEntries(
    members.map(([name, member]) => {
      const expected = Object.hasOwn(shape, name) ? shape[name] : undefined
      return [name, expected === undefined ? member : read(member, expected, `${path}.${name}`)]
    }),
  )
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape)
}

function unreadable(path: string, fault: string): Error {
  return unusable(
    `ECS describes a task definition that fargate-login cannot read: ${path} ${fault}.`,
    'Check it in ECS, or name another with --task-definition.',
  )
}
