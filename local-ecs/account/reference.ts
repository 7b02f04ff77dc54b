import { invalidParameter } from '../protocol/refusal.ts'
import { ACCOUNT_ID, REGION } from './arn.ts'

export type ResourceKind = 'cluster' | 'service' | 'task' | 'container-instance' | 'task-definition'

/** What a client calls a resource: its name or id, and its cluster if the ARN names one. */
export interface Reference {
  readonly name: string
  readonly cluster?: string | undefined
}

/**
 * Reads a name, an id or an ARN.
 * @throws Refusal if it is malformed, or an ARN of another kind, Region or account
 */
export function readReference(reference: string, kind: ResourceKind): Reference {
  const [cluster, name, ...more] = reference.startsWith('arn:')
    ? resourceOf(reference, kind).split('/').slice(1)
    : reference.split('/')
  if (cluster === undefined || more.length > 0) throw invalidParameter('Unexpected number of separators')
  return name === undefined ? { name: cluster } : { name, cluster }
}

/** The part behind the account, e.g. `task/default/0123456789abcdef0123456789abcdef`. */
function resourceOf(arn: string, kind: ResourceKind): string {
  const [, , service, region, accountId, ...rest] = arn.split(':')
  const resource = rest.join(':')
  if (service !== 'ecs' || resource === '') throw invalidParameter(`Invalid identifier: ${arn}`)
  if (region !== REGION) throw invalidParameter('Invalid Region in ARN')
  if (accountId !== ACCOUNT_ID) {
    throw invalidParameter(
      `Invalid identifier: Identifier is for account ${accountId}. Your account is ${ACCOUNT_ID}`,
    )
  }
  const [found] = resource.split('/')
  if (found !== kind) throw invalidParameter(`Unsupported resource type: ${found}`)
  return resource
}

/** @returns `family` or `family:revision` */
export function nameOfDefinition(reference: string): string {
  return readReference(reference, 'task-definition').name
}

/** The name or id of a resource that has to be in this cluster. */
export function nameInCluster(
  cluster: { readonly name: string },
  reference: string,
  kind: ResourceKind,
): string {
  const { name, cluster: named } = readReference(reference, kind)
  if (named !== undefined && named !== cluster.name) {
    throw invalidParameter(
      `Invalid identifier: Identifier is for cluster ${named}. Your cluster is ${cluster.name}`,
    )
  }
  return name
}

const NAME = /^[a-zA-Z0-9\-_]{1,255}$/

/** @param what the member, as the error calls it, e.g. `Cluster` */
export function checkName(name: string, what: string): void {
  if (!NAME.test(name)) throw invalidParameter(`${what} must match ${NAME.source}, but was ${name}`)
}

/** ECS's ids have 32 hexadecimal digits, and had 36 characters in the past. @param what e.g. `taskId` */
export function checkId(id: string, what: string): void {
  if (id.length !== 32 && id.length !== 36) throw invalidParameter(`${what} length should be one of [32,36]`)
  if (!/^[0-9a-f-]+$/.test(id)) throw invalidParameter(`${what} is not valid: ${id}`)
}
