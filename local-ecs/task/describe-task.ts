import { taskHealth } from './containers/health-status.ts'
import { desiredStatus } from './end-task.ts'
import { type NetworkInterface, privateDnsName } from './launch/network-interface.ts'
import type { Task, TaskContainer } from './task.ts'

/** A task as RunTask, DescribeTasks and StopTask show it. Tags are included on request only. */
export function describeTask(task: Task, withTags: boolean): unknown {
  const { definition, networkInterface, launch, overrides } = task
  return {
    taskArn: task.arn,
    clusterArn: task.cluster.arn,
    taskDefinitionArn: definition.taskDefinitionArn,
    group: task.group,
    startedBy: task.startedBy,
    ...launch,
    ...(launch.launchType === 'FARGATE' && { platformFamily: 'Linux', ephemeralStorage: storage(task) }),
    lastStatus: task.lastStatus,
    desiredStatus: desiredStatus(task),
    stopCode: task.ending?.stopCode,
    stoppedReason: task.ending?.reason,
    ...task.times,
    ...(task.times.connectivityAt !== undefined && { connectivity: 'CONNECTED' }),
    cpu: overrides.cpu ?? definition.cpu,
    memory: overrides.memory ?? definition.memory,
    availabilityZone: task.availabilityZone,
    enableExecuteCommand: task.enableExecuteCommand,
    healthStatus: taskHealth(task),
    attributes: [{ name: 'ecs.cpu-architecture', value: process.arch === 'arm64' ? 'arm64' : 'x86_64' }],
    attachments: networkInterface ? [attachment(networkInterface)] : [],
    containers: task.containers.map((container) => describeContainer(task, container)),
    overrides: { inferenceAcceleratorOverrides: [], ...overrides },
    tags: withTags ? task.tags : [],
    version: version(task),
  }
}

/** In GiB. Fargate's default. */
const STORAGE = 20

function storage({ overrides, definition }: Task): { readonly sizeInGiB: number } {
  const { sizeInGiB = STORAGE } = overrides.ephemeralStorage ?? definition.ephemeralStorage ?? {}
  return { sizeInGiB }
}

/** ECS's version grows with every change. This one grows with the states passed, which is enough. */
function version({ times }: Task): number {
  return Object.values(times).filter((time) => time !== undefined).length
}

/** Before it is attached, only the subnet is shown. A private DNS name needs IPv4. */
function attachment({ attachmentId, status, subnet, id, macAddress, address }: NetworkInterface): unknown {
  const { ipv4, ipv6 } = address ?? {}
  const details = {
    subnetId: subnet.id,
    networkInterfaceId: address && id,
    macAddress: address && macAddress,
    privateDnsName: ipv4 && privateDnsName(ipv4),
    privateIPv4Address: ipv4,
    ipv6Address: ipv6,
  }
  return {
    id: attachmentId,
    type: 'ElasticNetworkInterface',
    status,
    details: Object.entries(details).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value }],
    ),
  }
}

function describeContainer(task: Task, container: TaskContainer): unknown {
  const { definition, runtimeId, networkBindings, lastStatus, exitCode, reason, healthStatus } = container
  const override = task.overrides.containerOverrides.find(({ name }) => name === definition.name)
  return {
    containerArn: container.arn,
    taskArn: task.arn,
    name: definition.name,
    image: definition.image,
    runtimeId,
    lastStatus,
    exitCode,
    reason,
    networkBindings,
    networkInterfaces: containerInterfaces(task.networkInterface),
    healthStatus,
    cpu: String(override?.cpu ?? definition.cpu),
    memory: text(override?.memory ?? definition.memory),
    memoryReservation: text(override?.memoryReservation ?? definition.memoryReservation),
  }
}

/** The API shows the sizes of a container as text. */
function text(size: number | undefined): string | undefined {
  return size === undefined ? undefined : String(size)
}

function containerInterfaces(eni: NetworkInterface | undefined): readonly unknown[] {
  if (!eni?.address) return []
  const { ipv4, ipv6 } = eni.address
  return [{ attachmentId: eni.attachmentId, privateIpv4Address: ipv4, ipv6Address: ipv6 }]
}
