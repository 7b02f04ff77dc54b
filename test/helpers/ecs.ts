import { fileURLToPath } from 'node:url'
import { DescribeTasksCommand, ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs'
import { type LocalEcs, type LocalEcsOptions, startLocalEcs } from '../../local-ecs/local-ecs.ts'

export const IMAGE_DIRECTORY = fileURLToPath(new URL('../../sshd-image', import.meta.url))

/** The embedded ECS in the test's own process, and a real SDK client that looks at it. */
export interface TestEcs extends AsyncDisposable {
  readonly ecs: LocalEcs
  /** For the CLI under test. */
  readonly variables: Readonly<Record<string, string>>
  readonly client: ECSClient
  /** Every task of cluster `default`, stopped ones included. */
  tasks(): Promise<readonly Task[]>
}

export async function startEcs(options: Partial<LocalEcsOptions> = {}): Promise<TestEcs> {
  const ecs = await startLocalEcs({ imageDirectory: IMAGE_DIRECTORY, runner: 'process', ...options })
  const client = new ECSClient({
    endpoint: ecs.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  return {
    ecs,
    variables: ecs.environment,
    client,
    async tasks() {
      const lists = await Promise.all(
        (['RUNNING', 'STOPPED'] as const).map((desiredStatus) =>
          client.send(new ListTasksCommand({ desiredStatus })),
        ),
      )
      const arns = lists.flatMap(({ taskArns }) => taskArns ?? [])
      if (arns.length === 0) return []
      const { tasks } = await client.send(new DescribeTasksCommand({ tasks: arns, include: ['TAGS'] }))
      return tasks ?? []
    },
    async [Symbol.asyncDispose]() {
      client.destroy()
      await ecs[Symbol.asyncDispose]()
    },
  }
}
