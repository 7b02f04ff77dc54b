import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { register } from '../helpers/register.ts'
import {
  attachmentDetail,
  isIn,
  SOME_KEY,
  sshBanner,
  startLocal,
  stubImage,
  withEnvironment,
} from './start.ts'

/** Shows what it was started with, one line each, then waits. */
const SHOW = `
echo "directory $PWD"
env | sed 's/^/variable /'
echo done
exec sleep 1000
`

/** A process in the background that leaves the entrypoint's process group, as sessions do. */
const BACKGROUND = `
setsid sh -c 'echo "background $$"; exec sleep 1000' &
exec sleep 1000
`

describe('the process runner', () => {
  it("reaches the real image's sshd, each task on an address of its own", async () => {
    await using local = await startLocal()
    const arns = [await local.run(), await local.run()]
    const addresses = []
    for (const arn of arns) {
      const task = await local.until(arn, isIn('RUNNING'))
      addresses.push(attachmentDetail(task, 'privateIPv4Address') ?? '')
    }
    expect(new Set(addresses).size).toBe(2)
    for (const address of addresses) expect(await sshBanner(address, 2222)).toMatch(/^SSH-2\.0-OpenSSH/)
  })

  it('gives the address to another task only after the first', async () => {
    await using local = await startLocal()
    await using neighbour = await startLocal()
    const [first, second] = await Promise.all([local.run(), neighbour.run()])
    const ours = attachmentDetail(await local.until(first, isIn('RUNNING')), 'privateIPv4Address')
    const theirs = attachmentDetail(await neighbour.until(second, isIn('RUNNING')), 'privateIPv4Address')
    expect(ours).not.toBe(theirs)
  })

  it("gives the task its own environment and nothing of the user's", async () => {
    await using image = await stubImage(SHOW)
    process.env.ONLY_THE_USERS = 'secret'
    await using local = await startLocal({ imageDirectory: image.directory, verbose: true })
    const environment = [
      { name: 'FROM_DEFINITION', value: 'definition' },
      { name: 'REPLACED', value: 'definition' },
    ]
    await local.client.send(
      new RegisterTaskDefinitionCommand({
        family: 'shown',
        networkMode: 'awsvpc',
        containerDefinitions: [
          { name: 'app', image: 'app', memory: 128, environment, workingDirectory: '/usr' },
        ],
      }),
    )
    const overrides = withEnvironment(
      { REPLACED: 'override', 'WITH SPACE': 'x', FROM_OVERRIDE: 'a "b" $c' },
      'app',
    )
    const arn = await local.run({
      taskDefinition: 'shown',
      launchType: 'EC2',
      overrides,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0f000000000000001'] } },
    })
    const task = await local.until(arn, () => local.lines.includes('done'))
    expect(local.lines).toContain('directory /usr')
    const variables = local.lines.filter((line) => line.startsWith('variable ')).map((line) => line.slice(9))
    expect(variables).toEqual(
      expect.arrayContaining([
        `HOME=${homedir()}`,
        `HOSTNAME=${arn.split('/').at(-1)}`,
        'FROM_DEFINITION=definition',
        'REPLACED=override',
        'FROM_OVERRIDE=a "b" $c',
        `FARGATE_LOGIN_AUTHORIZED_KEY=${SOME_KEY}`,
        `FARGATE_LOGIN_LISTEN=${attachmentDetail(task, 'privateIPv4Address')}`,
      ]),
    )
    expect(variables.join('\n')).not.toMatch(/ONLY_THE_USERS/)
    delete process.env.ONLY_THE_USERS
  })

  it('starts at home where the directory of the image does not exist', async () => {
    await using image = await stubImage(SHOW)
    await using local = await startLocal({ imageDirectory: image.directory, verbose: true })
    await local.client.send(
      new RegisterTaskDefinitionCommand({
        family: 'elsewhere',
        networkMode: 'awsvpc',
        containerDefinitions: [
          { name: 'app', image: 'app', memory: 128, workingDirectory: '/no/such/place' },
        ],
      }),
    )
    const arn = await local.run({
      taskDefinition: 'elsewhere',
      launchType: 'EC2',
      overrides: undefined,
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0f000000000000001'] } },
    })
    await local.until(arn, () => local.lines.includes('done'))
    expect(local.lines).toContain(`directory ${homedir()}`)
  })

  it.runIf(process.platform === 'linux')('leaves no process behind, wherever it went', async () => {
    await using image = await stubImage(BACKGROUND)
    await using local = await startLocal({ imageDirectory: image.directory, verbose: true })
    const arn = await local.run()
    const isBackground = (line: string) => line.startsWith('background ')
    await local.until(arn, () => local.lines.some(isBackground))
    const pid = Number(local.lines.find(isBackground)?.split(' ')[1])
    expect(process.kill(pid, 0)).toBe(true)
    await local.ecs.close()
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  it.runIf(process.platform === 'linux')('leaves no keys behind, however early it is stopped', async () => {
    const places = async () =>
      (await Promise.all(['/run', '/dev/shm', '/tmp'].map((place) => readdir(place).catch(() => []))))
        .flat()
        .filter((name) => /^fargate-login\.\w{8}$/.test(name))
    const before = new Set(await places())
    for (const delay of [0, 20, 40, 60, 80, 100]) {
      const local = await startLocal()
      await local.until(await local.run(), isIn('RUNNING'))
      await setTimeout(delay)
      await local[Symbol.asyncDispose]()
    }
    // Other tests have tasks too: what a running supervise.sh names is not left behind.
    const suspects = (await places()).filter((name) => !before.has(name))
    const isLeft = async () => {
      const present = await places()
      const inUse = (await environments()).join('\0')
      return suspects.some((name) => present.includes(name) && !inUse.includes(name))
    }
    await expect.poll(isLeft, { timeout: 20_000, interval: 200 }).toBe(false)
  })

  it('runs the container with sshd only, reports the others, and says so', async () => {
    await using image = await stubImage('exec sleep 1000')
    await using local = await startLocal({ imageDirectory: image.directory })
    await register(local.client, {
      family: 'pair',
      containerDefinitions: [
        { name: 'proxy', image: 'proxy' },
        { name: 'app', image: 'app' },
      ],
    })
    const arn = await local.run({ taskDefinition: 'pair', overrides: withEnvironment({}, 'app') })
    const task = await local.until(arn, isIn('RUNNING'))
    expect(task.containers).toMatchObject([
      { name: 'proxy', lastStatus: 'RUNNING' },
      { name: 'app', lastStatus: 'RUNNING', runtimeId: expect.stringMatching(/^\d+$/) },
    ])
    expect(local.lines).toContain('container proxy does not run: without a container engine, only app does')
  })

  it('ends at once, and well, what the session container waits for, and runs its entrypoint all the same', async () => {
    await using image = await stubImage(SHOW)
    await using local = await startLocal({ imageDirectory: image.directory, verbose: true })
    const helper = { image: 'helper', essential: false }
    await register(local.client, {
      family: 'derived',
      containerDefinitions: [
        {
          name: 'app',
          image: 'app',
          entryPoint: ['/opt/fargate-login/bin/busybox', 'sh', '/opt/fargate-login/entrypoint.sh'],
          mountPoints: [{ sourceVolume: 'toolkit', containerPath: '/opt/fargate-login' }],
          dependsOn: [
            { containerName: 'toolkit', condition: 'SUCCESS' },
            { containerName: 'proxy', condition: 'HEALTHY' },
          ],
        },
        { ...helper, name: 'toolkit', dependsOn: [{ containerName: 'first', condition: 'COMPLETE' }] },
        { ...helper, name: 'first' },
        { ...helper, name: 'proxy', healthCheck: { command: ['CMD', 'true'] } },
      ],
      volumes: [{ name: 'toolkit' }],
    })
    const arn = await local.run({ taskDefinition: 'derived', overrides: withEnvironment({}, 'app') })
    const task = await local.until(arn, (seen) => isIn('RUNNING')(seen) && local.lines.includes('done'))
    expect(task.containers).toMatchObject([
      { name: 'app', lastStatus: 'RUNNING' },
      { name: 'toolkit', lastStatus: 'STOPPED', exitCode: 0 },
      { name: 'first', lastStatus: 'STOPPED', exitCode: 0 },
      { name: 'proxy', lastStatus: 'RUNNING', healthStatus: 'HEALTHY' },
    ])
    expect(local.lines).toContain(`variable FARGATE_LOGIN_AUTHORIZED_KEY=${SOME_KEY}`)
  })
})

/** A zombie is as good as gone: whoever adopted it has yet to look. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && !/\) Z /.test(stat)
}

/** What each running process was started with, as NAME=VALUE\0 blocks. */
async function environments(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')))
}
