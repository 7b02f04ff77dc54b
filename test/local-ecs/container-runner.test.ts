import { hostname } from 'node:os'
import { RegisterTaskDefinitionCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeContainerRunner } from '../../local-ecs/runners/container/container-runner.ts'
import { freePort } from '../helpers/free-port.ts'
import { type ContainerTasks, isEngineWanted, script, startContainerTasks } from './container-tasks.ts'
import { attachmentDetail, IPV6_SUBNET, isIn, type Local, SOME_KEY, sshBanner } from './start.ts'

const BANNER = /^SSH-2\.0-OpenSSH/

describe.runIf(isEngineWanted)('the container runner', () => {
  let tasks: ContainerTasks
  let local: Local

  beforeAll(async () => {
    tasks = await startContainerTasks()
    local = tasks.local
  }, 300_000)
  afterAll(() => tasks[Symbol.asyncDispose]())

  const SSHD = { environment: [{ name: 'FARGATE_LOGIN_AUTHORIZED_KEY', value: SOME_KEY }] }

  function exitCodes({ containers = [] }: Task) {
    return containers.map(({ exitCode }) => exitCode)
  }

  it("reaches the image's sshd at the task's own address, and removes the container", async () => {
    const arn = await local.run()
    const task = await local.until(arn, isIn('RUNNING'))
    expect(await sshBanner(attachmentDetail(task, 'privateIPv4Address') ?? '', 2222)).toMatch(BANNER)
    const id = task.containers?.[0]?.runtimeId ?? ''
    expect(await tasks.client('inspect', '--format', '{{.State.Status}}', id)).toBe('running')
    await local.client.send(new StopTaskCommand({ task: arn }))
    const stopped = await local.until(arn, isIn('STOPPED'))
    expect(exitCodes(stopped)).toEqual([143])
    await expect(tasks.client('inspect', id)).rejects.toThrow(/no such/i)
  })

  it('runs every container of the task, on one network', async () => {
    const see =
      'exec 3<>/dev/tcp/127.0.0.1/2222 && read -r banner <&3 && case $banner in SSH-2.0-*) exit 5 ;; esac'
    const arn = await tasks.run([
      { name: 'app', ...SSHD },
      {
        name: 'side',
        essential: false,
        entryPoint: ['/bin/bash', '-c'],
        command: [`for try in $(seq 100); do (${see}) 2>/dev/null; [ $? = 5 ] && exit 5; sleep 0.1; done`],
      },
    ])
    const task = await local.until(arn, ({ containers }) => containers?.[1]?.lastStatus === 'STOPPED')
    expect(task.containers?.[1]).toMatchObject({ name: 'side', exitCode: 5 })
    // It is not essential.
    expect(task).toMatchObject({ desiredStatus: 'RUNNING' })
  })

  it('gives a container its variables, directory and user, whatever is in them', async () => {
    const environment = [
      { name: 'LINES', value: 'one\ntwo "three" $four' },
      { name: 'dotted.name', value: 'x' },
      { name: 'EMPTY', value: '' },
      { name: 'PATH', value: '/usr/bin:/bin' },
      { name: 'HOME', value: '/nowhere' },
    ]
    const checks = [
      `[ "$LINES" = 'one\ntwo "three" $four' ] || exit 11`,
      // A shell drops names with dots, the kernel keeps what it was started with.
      'tr "\\0" "\\n" </proc/$$/environ | grep -qx dotted.name=x || exit 12',
      '[ "$(printenv EMPTY)" = "" ] && printenv EMPTY || exit 13',
      '[ "$PATH" = /usr/bin:/bin ] || exit 14',
      '[ "$HOME" = /nowhere ] || exit 15',
      '[ "$(pwd)" = /usr/share ] || exit 16',
      '[ "$(id -u)" = 1234 ] || exit 17',
    ]
    const arn = await tasks.run([
      { ...script(checks.join('\n')), environment, workingDirectory: '/usr/share', user: '1234' },
    ])
    expect(exitCodes(await local.until(arn, isIn('STOPPED')))).toEqual([0])
  })

  it('tells the exit status of an essential container, and its last words', async () => {
    const arn = await tasks.run([script('echo going; exit 7')])
    const task = await local.until(arn, isIn('STOPPED'))
    expect(task).toMatchObject({ stopCode: 'EssentialContainerExited' })
    expect(exitCodes(task)).toEqual([7])
    expect(local.lines.join('\n')).toMatch(/exited with status 7\n {2}going/)
  })

  it('tells the last words that came bit by bit, on both streams, without an end of line', async () => {
    const inParts = 'for part in a b c d; do printf $part; printf $part >&2; sleep 0.1; done'
    const arn = await tasks.run([script(`${inParts}; echo; echo >&2; printf 1; sleep 0.1; printf 2; exit 7`)])
    await local.until(arn, isIn('STOPPED'))
    const start = local.lines.findIndex((line) =>
      line.includes(`${arn.split('/').at(-1)} exited with status 7`),
    )
    const told = local.lines.slice(start + 1).filter((line) => line.startsWith('  '))
    expect(told.sort()).toEqual(['  12', '  abcd', '  abcd'])
  })

  it('kills what ignores SIGTERM for its stopTimeout', async () => {
    const stubborn = script('trap "" TERM; echo stubborn; while :; do sleep 0.1; done')
    const arn = await tasks.run([{ ...stubborn, stopTimeout: 2 }])
    await local.until(arn, (task) => isIn('RUNNING')(task) && local.lines.includes('stubborn'))
    await local.client.send(new StopTaskCommand({ task: arn }))
    expect(exitCodes(await local.until(arn, isIn('STOPPED')))).toEqual([137])
  })

  it("tells of an image that cannot be pulled, in the engine's words", async () => {
    // Nothing listens there, so no name leaves this machine.
    const arn = await tasks.run([{ image: 'localhost:1/none:1' }])
    const task = await local.until(arn, isIn('STOPPED'))
    expect(task).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/^CannotPullContainerError: .*localhost:1/),
    })
    expect(task.containers?.[0]?.reason).toBe(task.stoppedReason)
  })

  it('tells of a command that is not in the image', async () => {
    const arn = await tasks.run([{ entryPoint: ['/no/such/command'] }])
    expect(await local.until(arn, isIn('STOPPED'))).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/^CannotStartContainerError: .*no\/such\/command/),
    })
  })

  it('takes containers through bridge and host mode and an IPv6-only subnet', async () => {
    const port = await freePort()
    const environment = [...SSHD.environment, { name: 'FARGATE_LOGIN_PORT', value: String(port) }]
    const arns: string[] = []
    for (const networkMode of ['bridge', 'host', 'awsvpc'] as const) {
      const portMappings = [{ containerPort: port, ...(networkMode === 'host' && { hostPort: port }) }]
      const containerDefinitions = [
        { name: 'app', image: tasks.image, memory: 128, portMappings, environment },
      ]
      const family = `on-instance-${networkMode}`
      await local.client.send(
        new RegisterTaskDefinitionCommand({ family, networkMode, containerDefinitions }),
      )
      const ipv6 = { awsvpcConfiguration: { subnets: [IPV6_SUBNET] } }
      const arn = await local.run({
        taskDefinition: family,
        launchType: 'EC2',
        overrides: undefined,
        networkConfiguration: networkMode === 'awsvpc' ? ipv6 : undefined,
      })
      arns.push(arn)
    }
    const running = await Promise.all(arns.map((arn) => local.until(arn, isIn('RUNNING'))))
    const [bridge, host] = running.map((task) => task.containers?.[0]?.networkBindings?.[0]?.hostPort ?? 0)
    expect(host).toBe(port)
    expect(bridge).not.toBe(port)
    expect(await sshBanner('127.0.0.1', bridge ?? 0)).toMatch(BANNER)
    expect(await sshBanner('127.0.0.1', port)).toMatch(BANNER)
    expect(await sshBanner('::1', port)).toMatch(BANNER)
    await Promise.all(arns.map((task) => local.client.send(new StopTaskCommand({ task }))))
    await Promise.all(arns.map((arn) => local.until(arn, isIn('STOPPED'))))
  })

  it('publishes ports on loopback where containers cannot be reached', async () => {
    const remote = { ...tasks.engine, quirks: { ...tasks.engine.quirks, reachable: false } }
    const runner = makeContainerRunner({ client: remote, image: tasks.image })
    const container = {
      name: 'app',
      image: tasks.image,
      essential: true,
      environment: { FARGATE_LOGIN_AUTHORIZED_KEY: SOME_KEY },
      ports: [2222],
    }
    const request = {
      id: `${Date.now()}`.padStart(32, '0'),
      network: 'own',
      containers: [container],
    } as const
    const reservation = await runner.reserve(request)
    try {
      const address = await reservation.attach()
      expect(address?.ipv4).toMatch(/^127\.0\.0\.\d+$/)
      const running = await reservation.start(container)
      expect(await sshBanner(address?.ipv4 ?? '', 2222)).toMatch(BANNER)
      await running.kill()
      expect(await running.exited).toMatchObject({ code: 137 })
    } finally {
      await reservation.release()
      await runner.close()
    }
  })

  it('removes what a killed run left behind', async () => {
    const labels = [
      '--label',
      'fargate-login.local.runner-pid=99999999',
      '--label',
      `fargate-login.local.runner-host=${hostname()}`,
    ]
    const run = ['run', '-d', '--stop-timeout', '0', ...tasks.engine.quirks.limitArguments, ...labels]
    const id = await tasks.client(...run, '--entrypoint', 'sleep', tasks.image, '600')
    await makeContainerRunner({ client: tasks.engine, image: tasks.image }).close()
    await expect(tasks.client('inspect', id)).rejects.toThrow(/no such/i)
  })
})
