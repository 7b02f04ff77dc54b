import {
  type ContainerDefinition,
  type NetworkMode,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { freePort } from '../helpers/free-port.ts'

let ecs: TestEcs

beforeAll(async () => {
  ecs = await startEcs()
})
afterAll(() => ecs[Symbol.asyncDispose]())

async function register(networkMode: NetworkMode, container: Partial<ContainerDefinition>): Promise<string> {
  const family = `on-${networkMode}`
  const containerDefinitions = [{ name: 'app', image: 'fargate-login-sshd', memory: 128, ...container }]
  await ecs.client.send(new RegisterTaskDefinitionCommand({ family, networkMode, containerDefinitions }))
  return family
}

function echo(...options: readonly string[]) {
  return runCli(['exec', '-v', ...options, '--', 'echo', 'reached'], ecs.variables)
}

describe('the address', () => {
  it.each([
    ['auto', /address is 127\.0\.0\.\d+ \(public\)/],
    ['public', /address is 127\.0\.0\.\d+ \(public\)/],
    ['private', /address is 127\.0\.0\.\d+ \(private\)/],
  ])('%s is found', async (kind, line) => {
    const { stdout, stderr } = await echo('--address', kind)
    expect(stderr).toMatch(line)
    expect(stdout).toBe('reached\n')
  })

  it('is the private one without a public one', async () => {
    const { stdout, stderr } = await echo('--no-public-ip')
    expect(stderr).toMatch(/\(private\)/)
    expect(stdout).toBe('reached\n')
  })

  it('is the private one when EC2 never names a public one', async () => {
    ecs.ecs.faults.add({ task: 'no-public-address', times: 1 })
    const { stdout, stderr } = await echo()
    expect(stderr).toMatch(/\(private\)/)
    expect(stdout).toBe('reached\n')
  })

  it('is the private one, with a warning, when EC2 may not be asked', async () => {
    ecs.ecs.faults.add({
      operation: 'DescribeNetworkInterfaces',
      error: 'UnauthorizedOperation',
      status: 403,
      times: 1,
    })
    const { stdout, stderr } = await echo()
    expect(stderr).toMatch(/warning: ec2:DescribeNetworkInterfaces: UnauthorizedOperation.*private address/)
    expect(stdout).toBe('reached\n')
  })

  it('is missing when a public one is demanded and EC2 has none', async () => {
    ecs.ecs.faults.add({ task: 'no-public-address', times: 1 })
    const { status, stderr } = await echo('--address', 'public')
    expect(status).toBe(255)
    expect(stderr).toMatch(/EC2 reports no public address for eni-\w+\..*\[address-missing\]/)
  })

  it('is missing at once when ECS has none of the wanted family, whatever the time limit', async () => {
    const { status, stderr } = await echo('--address', 'ipv6', '--timeout', '3600')
    expect(stderr).toMatch(
      /The task is running, and ECS reports no IPv6 address for it\. It has 127\.0\.0\.\d+ \(private\)\. \[address-missing\]/,
    )
    expect(status).toBe(255)
    const subnet = ['--subnets', 'subnet-0f000000000000006', '--no-public-ip']
    const other = await echo(...subnet, '--address', 'private', '--timeout', '3600')
    expect(other.stderr).toMatch(
      /no private address for it\. It has ::1 \(ipv6\)\..*\n {2}Leave out --address/,
    )
    expect(other.status).toBe(255)
  })

  it('is IPv6 in a subnet that has nothing else', async () => {
    const subnet = ['--subnets', 'subnet-0f000000000000006', '--no-public-ip']
    // ::1 is the machine's only IPv6 address: other tests have tasks there, too.
    const { stdout, stderr } = await echo(...subnet, '--port', String(await freePort()))
    expect(stderr).toMatch(/address is ::1 \(ipv6\)/)
    expect(stdout).toBe('reached\n')
  })

  it('is the instance and its dynamic port with bridge networking', async () => {
    const family = await register('bridge', { portMappings: [{ containerPort: 2222, hostPort: 0 }] })
    const { stdout, stderr } = await echo('--task-definition', family)
    expect(stderr).toMatch(/address is 127\.0\.0\.1 \(container instance\)/)
    expect(stderr).toMatch(/Connected as \S+ to 127\.0\.0\.1:(?!2222)\d+, host key verified/)
    expect(stdout).toBe('reached\n')
  })

  it('is the instance and the fixed port with bridge networking, also when ECS shows no port', async () => {
    const hostPort = await freePort()
    const family = await register('bridge', { portMappings: [{ containerPort: 2222, hostPort }] })
    ecs.ecs.faults.add({ task: 'no-host-ports', times: 1 })
    const { stdout, stderr } = await echo('--task-definition', family)
    expect(stderr).toContain(`to 127.0.0.1:${hostPort}, host key verified`)
    expect(stdout).toBe('reached\n')
  })

  it('is the instance and the port of sshd with host networking', async () => {
    const port = await freePort()
    const family = await register('host', { portMappings: [{ containerPort: port, hostPort: port }] })
    const { stdout, stderr } = await echo('--task-definition', family, '--port', String(port))
    expect(stderr).toContain(`to 127.0.0.1:${port}, host key verified`)
    expect(stdout).toBe('reached\n')
  })

  it('is missing when bridge networking maps no port to sshd', async () => {
    const family = await register('bridge', { portMappings: [{ containerPort: 80, hostPort: 0 }] })
    const { status, stderr } = await echo('--task-definition', family)
    expect(status).toBe(255)
    expect(stderr).toMatch(/Container app maps no host port to its port 2222\. \[address-missing\]/)
  })
})
