import type { Attachment, Container, NetworkBinding, PortMapping, Task } from '@aws-sdk/client-ecs'
import type { PortBinding, TaskContainer, TaskNetworkInterface, TaskSnapshot } from '../../core/task/task.ts'
import { objects, text, whole } from './answer.ts'

/** Members may be absent, late or empty. Only the ARN and the states get default values. */
export function parseTask(task: Partial<Task>): TaskSnapshot {
  const stopCode = text(task.stopCode)
  const stoppedReason = text(task.stoppedReason)
  const containerInstanceArn = text(task.containerInstanceArn)
  return {
    arn: text(task.taskArn) ?? '',
    lastStatus: text(task.lastStatus) ?? 'PROVISIONING',
    desiredStatus: text(task.desiredStatus) ?? 'RUNNING',
    ...(stopCode !== undefined && { stopCode }),
    ...(stoppedReason !== undefined && { stoppedReason }),
    containers: objects(task.containers).map(parseContainer),
    networkInterface: parseNetworkInterface(task),
    ...(containerInstanceArn !== undefined && { containerInstanceArn }),
  }
}

function parseContainer(container: Partial<Container>): TaskContainer {
  const lastStatus = text(container.lastStatus)
  const runtimeId = text(container.runtimeId)
  const exitCode = whole(container.exitCode, -(2 ** 31), 2 ** 31)
  const reason = text(container.reason)
  return {
    name: text(container.name) ?? '',
    ...(lastStatus !== undefined && { lastStatus }),
    ...(runtimeId !== undefined && { runtimeId }),
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
    ports: objects(container.networkBindings).flatMap(parsePort),
  }
}

/** Also parses port mappings. */
export function parsePort(binding: Partial<NetworkBinding | PortMapping>): readonly PortBinding[] {
  const containerPort = whole(binding.containerPort, 1, 65535)
  const hostPort = whole(binding.hostPort, 1, 65535)
  return containerPort === undefined || hostPort === undefined ? [] : [{ containerPort, hostPort }]
}

/** The attachment has named details in any order. The containers repeat some of them later. */
function parseNetworkInterface(task: Partial<Task>): TaskNetworkInterface {
  const attachment = objects(task.attachments).find(isNetworkInterface)
  const details = new Map(objects(attachment?.details).map(({ name, value }) => [name, text(value)]))
  const reported = objects(task.containers).flatMap((container) => objects(container.networkInterfaces))
  const first = (member: 'privateIpv4Address' | 'ipv6Address') =>
    reported.map((item) => text(item[member])).find((address) => address !== undefined)
  const id = details.get('networkInterfaceId')
  const privateIpv4 = details.get('privateIPv4Address') ?? first('privateIpv4Address')
  const ipv6 = first('ipv6Address') ?? details.get('ipv6Address')
  return {
    ...(id !== undefined && { id }),
    ...(privateIpv4 !== undefined && { privateIpv4 }),
    ...(ipv6 !== undefined && { ipv6 }),
  }
}

/** AWS uses both spellings. */
function isNetworkInterface({ type }: Partial<Attachment>): boolean {
  return type === 'ElasticNetworkInterface' || type === 'eni'
}
