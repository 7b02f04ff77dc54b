import type { Attachment, Container, Task } from '@aws-sdk/client-ecs'
import type { TaskContainer, TaskNetworkInterface, TaskSnapshot } from '../core/task.ts'

/** Any member may be absent, late or empty: only the ARN and the states are taken for granted. */
export function parseTask(task: Task): TaskSnapshot {
  return {
    arn: task.taskArn ?? '',
    lastStatus: task.lastStatus ?? 'PROVISIONING',
    desiredStatus: task.desiredStatus ?? 'RUNNING',
    ...(task.stopCode && { stopCode: task.stopCode }),
    ...(task.stoppedReason && { stoppedReason: task.stoppedReason }),
    containers: (task.containers ?? []).map(parseContainer),
    networkInterface: parseNetworkInterface(task),
    ...(task.containerInstanceArn && { containerInstanceArn: task.containerInstanceArn }),
  }
}

function parseContainer(container: Container): TaskContainer {
  return {
    name: container.name ?? '',
    ...(container.lastStatus && { lastStatus: container.lastStatus }),
    ...(container.runtimeId && { runtimeId: container.runtimeId }),
    ...(container.exitCode !== undefined && { exitCode: container.exitCode }),
    ...(container.reason && { reason: container.reason }),
    ports: (container.networkBindings ?? []).flatMap(({ containerPort, hostPort }) =>
      containerPort === undefined || hostPort === undefined ? [] : [{ containerPort, hostPort }],
    ),
  }
}

/** Details of the attachment come by name, in any order; the containers repeat some of them, later. */
function parseNetworkInterface(task: Task): TaskNetworkInterface {
  const details = new Map(
    task.attachments?.find(isNetworkInterface)?.details?.map(({ name, value }) => [name, value || undefined]),
  )
  const reported = (task.containers ?? []).flatMap((container) => container.networkInterfaces ?? [])
  const id = details.get('networkInterfaceId')
  const privateIpv4 =
    details.get('privateIPv4Address') ?? reported.find((item) => item.privateIpv4Address)?.privateIpv4Address
  const ipv6 = reported.find((item) => item.ipv6Address)?.ipv6Address ?? details.get('ipv6Address')
  return {
    ...(id !== undefined && { id }),
    ...(privateIpv4 !== undefined && { privateIpv4 }),
    ...(ipv6 !== undefined && { ipv6 }),
  }
}

/** AWS spells the type both ways. */
function isNetworkInterface(attachment: Attachment): boolean {
  return attachment.type === 'ElasticNetworkInterface' || attachment.type === 'eni'
}
