import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { EC2Client } from '@aws-sdk/client-ec2'
import {
  DescribeTasksCommand,
  ECSClient,
  RunTaskCommand,
  type RunTaskCommandInput,
  type Task,
} from '@aws-sdk/client-ecs'
import { STSClient } from '@aws-sdk/client-sts'
import { type LocalEcs, type LocalEcsOptions, startLocalEcs } from '../../local-ecs/local-ecs.ts'

export const IMAGE_DIRECTORY = fileURLToPath(new URL('../../sshd-image', import.meta.url))

/** A public key that nobody has the private half of: enough for a banner. */
export const SOME_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB5uUYhSpeQNp0hlrBXwlRZzrmMHXTCaqsFBRFdyNLLM test'

export const SUBNET = 'subnet-0f000000000000001'
export const IPV6_SUBNET = 'subnet-0f000000000000006'

/** A local ECS in the test's own process, with the SDK's clients for it. */
export interface Local extends AsyncDisposable {
  readonly ecs: LocalEcs
  readonly client: ECSClient
  readonly ec2: EC2Client
  readonly sts: STSClient
  /** What it logged. */
  readonly lines: readonly string[]
  /** Runs one task of the default target; members of `input` replace the default's. */
  run(input?: Partial<RunTaskCommandInput>): Promise<string>
  describe(arn: string): Promise<Task>
  /** Polls until the task is as wanted. */
  until(arn: string, wanted: (task: Task) => boolean): Promise<Task>
}

export async function startLocal(options: Partial<LocalEcsOptions> = {}): Promise<Local> {
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const ecs = await startLocalEcs({ imageDirectory: IMAGE_DIRECTORY, runner: 'process', log, ...options })
  // One attempt: a test that wants to see an error shall see it.
  const config = {
    endpoint: ecs.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  }
  const client = new ECSClient(config)
  const ec2 = new EC2Client(config)
  const sts = new STSClient(config)

  async function describe(arn: string): Promise<Task> {
    const { tasks } = await client.send(new DescribeTasksCommand({ tasks: [arn], include: ['TAGS'] }))
    const [task] = tasks ?? []
    if (!task) throw new Error(`no task ${arn}`)
    return task
  }
  return {
    ecs,
    client,
    ec2,
    sts,
    lines,
    describe,
    async run(input) {
      const { tasks, failures } = await client.send(new RunTaskCommand(runTaskInput(input)))
      const arn = tasks?.[0]?.taskArn
      if (arn === undefined) throw new Error(JSON.stringify(failures))
      return arn
    },
    async until(arn, wanted) {
      const deadline = Date.now() + 30_000
      for (;;) {
        const task = await describe(arn)
        if (wanted(task)) return task
        if (Date.now() > deadline) throw new Error(`not in time: ${JSON.stringify(task)}`)
        await setTimeout(5)
      }
    },
    async [Symbol.asyncDispose]() {
      for (const each of [client, ec2, sts]) each.destroy()
      await ecs.close()
    },
  }
}

/** A local ECS whose session containers are a stub, which goes with it. */
export interface StubLocal extends Local {
  readonly imageDirectory: string
}

/** @param script the stub's entrypoint */
export async function startStub(script = 'exec sleep 1000'): Promise<StubLocal> {
  const image = await stubImage(script)
  const local = await startLocal({ imageDirectory: image.directory })
  return {
    ...local,
    imageDirectory: image.directory,
    async [Symbol.asyncDispose]() {
      await local[Symbol.asyncDispose]()
      await image[Symbol.asyncDispose]()
    },
  }
}

/** The default target with a key, as fargate-login would run it. */
export function runTaskInput(input: Partial<RunTaskCommandInput> = {}): RunTaskCommandInput {
  return {
    taskDefinition: 'fargate-login',
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: [SUBNET], assignPublicIp: 'ENABLED' } },
    overrides: withEnvironment({}),
    ...input,
  }
}

/** Overrides that set variables of the default target's container, the key always. */
export function withEnvironment(variables: Readonly<Record<string, string>>, name = 'fargate-login') {
  const environment = { FARGATE_LOGIN_AUTHORIZED_KEY: SOME_KEY, ...variables }
  return {
    containerOverrides: [
      { name, environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })) },
    ],
  }
}

export function isIn(state: string): (task: Task) => boolean {
  return ({ lastStatus }) => lastStatus === state
}

/** Connects until the first line of an SSH server comes, as a client does that knows the address early. */
export async function sshBanner(host: string, port: number): Promise<string> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const banner = await firstData(host, port)
    if (banner.startsWith('SSH-2.0-')) return banner
    if (Date.now() > deadline) throw new Error(`no banner from ${host}:${port}: ${banner}`)
    await setTimeout(20)
  }
}

function firstData(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    const end = (text: string) => {
      socket.destroy()
      resolve(text)
    }
    socket.once('data', (data) => end(String(data)))
    socket.once('timeout', () => end('time-out'))
    socket.once('error', (error) => end(error.message))
    socket.once('close', () => end('closed'))
  })
}

/** An image folder whose entrypoint is this script. */
export async function stubImage(script: string): Promise<AsyncDisposable & { readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'fargate-login-stub-'))
  await writeFile(join(directory, 'entrypoint.sh'), script)
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) }
}

/** The value of one detail of the task's network attachment. */
export function attachmentDetail(task: Task, name: string): string | undefined {
  return task.attachments?.[0]?.details?.find((detail) => detail.name === name)?.value
}
