import { once } from 'node:events'
import { connect } from 'node:net'
import {
  type ContainerDefinition,
  CreateClusterCommand,
  type NetworkConfiguration,
  type NetworkMode,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { freePort } from '../helpers/free-port.ts'
import {
  attachmentDetail,
  IPV6_SUBNET,
  isIn,
  type Local,
  SOME_KEY,
  SUBNET,
  sshBanner,
  startLocal,
} from './start.ts'

interface InstanceTask {
  readonly networkMode: NetworkMode
  /** Where its sshd listens. */
  readonly port: number
  readonly hostPort?: number
  readonly network?: NetworkConfiguration
}

/** Runs a task on the container instance. */
async function runOn(
  local: Local,
  { networkMode, port, hostPort = 0, network }: InstanceTask,
): Promise<string> {
  const container: ContainerDefinition = {
    name: 'app',
    image: 'app',
    memory: 128,
    portMappings: [{ containerPort: port, hostPort: networkMode === 'bridge' ? hostPort : port }],
    environment: [
      { name: 'FARGATE_LOGIN_AUTHORIZED_KEY', value: SOME_KEY },
      { name: 'FARGATE_LOGIN_PORT', value: String(port) },
    ],
  }
  const definition = { family: networkMode, networkMode, containerDefinitions: [container] }
  await local.client.send(new RegisterTaskDefinitionCommand(definition))
  return local.run({
    taskDefinition: networkMode,
    launchType: 'EC2',
    networkConfiguration: network,
    overrides: undefined,
  })
}

describe('bridge mode', () => {
  it('leads a dynamic port of the instance to the container, known once the task runs', async () => {
    await using local = await startLocal()
    const arn = await runOn(local, { networkMode: 'bridge', port: 2222 })
    const early = await local.describe(arn)
    expect(early.containers?.[0]?.networkBindings).toEqual([])
    expect(early.attachments).toEqual([])
    const task = await local.until(arn, isIn('RUNNING'))
    const [binding] = task.containers?.[0]?.networkBindings ?? []
    expect(binding).toMatchObject({ containerPort: 2222, protocol: 'tcp' })
    expect(await sshBanner('127.0.0.1', binding?.hostPort ?? 0)).toMatch(/^SSH-2\.0-OpenSSH/)
  })

  it('gives two tasks two ports, and both back', async () => {
    await using local = await startLocal()
    const tasks = []
    for (let n = 0; n < 2; n++) {
      tasks.push(
        await local.until(await runOn(local, { networkMode: 'bridge', port: 2222 }), isIn('RUNNING')),
      )
    }
    const ports = tasks.map((task) => task.containers?.[0]?.networkBindings?.[0]?.hostPort ?? 0)
    expect(new Set(ports).size).toBe(2)
    await local.ecs.close()
    for (const port of ports)
      await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow(/ECONNREFUSED/)
  })

  it('shows no port of the instance with the fault no-host-ports, and leads a fixed one to the container', async () => {
    await using local = await startLocal({ faults: [{ task: 'no-host-ports' }] })
    const hostPort = await freePort()
    const arn = await runOn(local, { networkMode: 'bridge', port: 2222, hostPort })
    const task = await local.until(arn, isIn('RUNNING'))
    expect(task.containers?.[0]?.networkBindings).toEqual([])
    expect(await sshBanner('127.0.0.1', hostPort)).toMatch(/^SSH-2\.0-OpenSSH/)
  })

  it('has no room for a second task on a fixed port', async () => {
    await using local = await startLocal()
    const port = await freePort()
    await runOn(local, { networkMode: 'bridge', port: 2222, hostPort: port })
    await expect(runOn(local, { networkMode: 'bridge', port: 2222, hostPort: port })).rejects.toThrow(
      /RESOURCE:PORTS/,
    )
  })
})

describe('host mode', () => {
  it('is the port of the instance itself', async () => {
    await using local = await startLocal()
    const port = await freePort()
    const task = await local.until(await runOn(local, { networkMode: 'host', port: port }), isIn('RUNNING'))
    expect(task.containers?.[0]?.networkBindings).toMatchObject([{ containerPort: port, hostPort: port }])
    expect(await sshBanner('127.0.0.1', port)).toMatch(/^SSH-2\.0-OpenSSH/)
    await expect(runOn(local, { networkMode: 'host', port: port })).rejects.toThrow(/RESOURCE:PORTS/)
  })
})

describe('an IPv6-only subnet', () => {
  it('has tasks with an IPv6 address and no other, one on a port', async () => {
    await using local = await startLocal()
    const port = await freePort()
    const network = { awsvpcConfiguration: { subnets: [IPV6_SUBNET] } }
    const arn = await runOn(local, { networkMode: 'awsvpc', port, network })
    const task = await local.until(arn, isIn('RUNNING'))
    expect(attachmentDetail(task, 'privateIPv4Address')).toBeUndefined()
    const [reported] = task.containers?.[0]?.networkInterfaces ?? []
    expect(reported?.privateIpv4Address).toBeUndefined()
    expect(reported?.ipv6Address).toBe('::1')
    expect(await sshBanner('::1', port)).toMatch(/^SSH-2\.0-OpenSSH/)
    await expect(runOn(local, { networkMode: 'awsvpc', port, network })).rejects.toThrow(/RESOURCE:ENI/)
  })
})

describe('awsvpc on an instance', () => {
  it('has an address of its own, never a public one', async () => {
    await using local = await startLocal()
    const network = { awsvpcConfiguration: { subnets: [SUBNET] } }
    const arn = await local.run({ launchType: 'EC2', networkConfiguration: network })
    const task = await local.until(arn, isIn('RUNNING'))
    expect(task.containerInstanceArn).toMatch(/:container-instance\/default\/[0-9a-f]{32}$/)
    expect(await sshBanner(attachmentDetail(task, 'privateIPv4Address') ?? '', 2222)).toMatch(
      /^SSH-2\.0-OpenSSH/,
    )
  })

  it('is refused in a cluster without instances', async () => {
    await using local = await startLocal()
    await local.client.send(new CreateClusterCommand({ clusterName: 'empty' }))
    const networkConfiguration = { awsvpcConfiguration: { subnets: [SUBNET] } }
    await expect(local.run({ cluster: 'empty', launchType: 'EC2', networkConfiguration })).rejects.toThrow(
      'No Container Instances were found in your cluster.',
    )
  })
})
