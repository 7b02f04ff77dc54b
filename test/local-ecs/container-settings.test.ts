import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasInit } from '../../local-ecs/runners/container/images/has-init.ts'
import { type ContainerTasks, isEngineWanted, script, startContainerTasks, WAIT } from './container-tasks.ts'
import { isIn } from './start.ts'

describe.runIf(isEngineWanted)('a container definition', { concurrent: true }, () => {
  let tasks: ContainerTasks

  beforeAll(async () => {
    tasks = await startContainerTasks()
  }, 300_000)
  afterAll(() => tasks[Symbol.asyncDispose]())

  /** Each line has to succeed in a container that is set up like this. */
  async function check(container: Partial<ContainerDefinition>, lines: readonly string[]): Promise<void> {
    const text = lines.map((line) => `{ ${line}; } || { echo ${quoted(line)}; exit 9; }`).join('\n')
    const task = await tasks.ended([{ ...container, ...script(text) }])
    expect(tasks.local.lines.filter((line) => lines.includes(line))).toEqual([])
    expect(task.containers?.[0]?.exitCode).toBe(0)
  }

  async function checkOnInstance(
    container: Partial<ContainerDefinition>,
    text: string,
    task: object = {},
  ): Promise<void> {
    const arn = await tasks.runOnInstance([{ ...container, ...script(`${text} || exit 9`) }], task)
    expect((await tasks.local.until(arn, isIn('STOPPED'))).containers?.[0]?.exitCode).toBe(0)
  }

  it('makes the whole root file system read-only, mounts excepted', async () => {
    const tmpfs = [{ containerPath: '/scratch', size: 3, mountOptions: ['noexec', 'mode=1777'] }]
    await check({ readonlyRootFilesystem: true, linuxParameters: { tmpfs } }, [
      ...['/', '/tmp', '/run', '/var/tmp', '/etc'].map((place) => `! touch ${place}/x 2>/dev/null`),
      'touch /dev/shm/x',
      'touch /scratch/x',
      'df -m /scratch | tail -1 | grep -q " 3 "',
      'grep " /scratch .*noexec" /proc/mounts >/dev/null',
    ])
  })

  it('names the user by id, by ids, by name', async () => {
    await check({ user: '1234' }, ['[ "$(id -u):$(id -g)" = 1234:0 ]'])
    await check({ user: '1234:4321' }, ['[ "$(id -u):$(id -g)" = 1234:4321 ]'])
    await check({ user: 'nobody' }, ['[ "$(id -un)" = nobody ]'])
  })

  it('takes capabilities away, and adds what Fargate allows', async () => {
    const capability = (bit: number) => `$((0x$(sed -n "s/^CapEff:.//p" /proc/self/status) >> ${bit} & 1))`
    await check({ linuxParameters: { capabilities: { drop: ['CHOWN'], add: ['SYS_PTRACE'] } } }, [
      `[ ${capability(0)}${capability(19)} = 01 ]`,
    ])
    await check({ linuxParameters: { capabilities: { drop: ['ALL'] } } }, [
      'grep -q "CapEff:.0000000000000000" /proc/self/status',
    ])
  })

  it('sets limits, as far as this machine goes', async () => {
    const ulimits = [
      { name: 'nofile' as const, softLimit: 100, hardLimit: 200 },
      { name: 'core' as const, softLimit: 0, hardLimit: 0 },
      { name: 'memlock' as const, softLimit: -1, hardLimit: -1 },
    ]
    await check({ ulimits }, ['[ "$(ulimit -Sn) $(ulimit -Hn)" = "100 200" ]', '[ "$(ulimit -Hc)" = 0 ]'])
  })

  it('has labels, a terminal and an open stdin', async () => {
    const dockerLabels = { 'com.example.purpose': 'a b=c' }
    const options = { 'awslogs-group': '/a', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'app' }
    const container = {
      ...script(WAIT),
      dockerLabels,
      interactive: true,
      pseudoTerminal: true,
      logConfiguration: { logDriver: 'awslogs' as const, options },
    }
    const executionRoleArn = 'arn:aws:iam::000000000000:role/execution'
    const arn = await tasks.run([container], { executionRoleArn })
    const task = await tasks.local.until(arn, isIn('RUNNING'))
    const [inspected] = JSON.parse(
      await tasks.client('container', 'inspect', task.containers?.[0]?.runtimeId ?? ''),
    )
    expect(inspected.Config).toMatchObject({ Labels: dockerLabels, Tty: true, OpenStdin: true })
  })

  it('sets kernel parameters, those of the network for the whole task', async () => {
    const setting = (namespace: string, value: string) => ({ systemControls: [{ namespace, value }] })
    const port = 'net.ipv4.ip_unprivileged_port_start'
    const task = await tasks.ended([
      { name: 'other', essential: false, ...script('exit 0'), ...setting(port, '80') },
      {
        ...script('[ "$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)" = 80 ] || exit 9'),
        ...setting('net.ipv4.tcp_keepalive_time', '500'),
      },
    ])
    expect(task.containers?.[1]?.exitCode).toBe(0)
    await checkOnInstance(
      setting(port, '81'),
      '[ "$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)" = 81 ]',
    )
  })

  it('has what Fargate does not have on an instance', async () => {
    await checkOnInstance({ privileged: true }, 'mount -t tmpfs none /mnt')
    await checkOnInstance(
      { linuxParameters: { sharedMemorySize: 5 } },
      'df -m /dev/shm | tail -1 | grep -q " 5 "',
    )
    const hosts = { hostname: 'named', extraHosts: [{ hostname: 'db', ipAddress: '10.9.8.7' }] }
    await checkOnInstance(hosts, '[ "$(hostname)" = named ] && grep -q "10.9.8.7.*db" /etc/hosts')
    await checkOnInstance({}, '[ "$(ls -d /proc/[0-9]* | wc -l)" -gt 20 ]', { pidMode: 'host' })
  })

  it('has an init process where the engine has one', async () => {
    const isInit = '! grep -q "^sh" /proc/1/comm'
    const expected = (await hasInit(tasks.engine)) ? isInit : 'true'
    await check({ linuxParameters: { initProcessEnabled: true } }, [expected])
  })

  // It looks at everything that is printed.
  it.sequential("has its own entry point, and with it no more of the image's command", async () => {
    const image = await tasks.build('ENTRYPOINT ["/bin/echo", "entry"]\nCMD ["cmd"]')
    const said = async (container: Partial<ContainerDefinition>) => {
      const from = tasks.local.lines.length
      await tasks.ended([{ image, ...container }])
      return expect.poll(() => tasks.local.lines.slice(from), { timeout: 5_000 })
    }
    await (await said({})).toEqual(['entry cmd'])
    await (await said({ command: ['mine'] })).toEqual(['entry mine'])
    await (await said({ entryPoint: ['/bin/echo', 'own'] })).toEqual(['own'])
    await (await said({ entryPoint: ['/bin/echo', 'own'], command: ['mine'] })).toEqual(['own mine'])
    await (await said({ entryPoint: [], command: [] })).toEqual(['entry cmd'])
  })
})

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
