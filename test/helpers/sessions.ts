import { RunTaskCommand } from '@aws-sdk/client-ecs'
import { startCli, type Variables } from './cli.ts'
import type { TestEcs } from './ecs.ts'

/** A CLI in a session, and then killed as the OOM killer kills: its task stays. */
export async function leaveBehind(variables: Variables): Promise<void> {
  const { child, finished, said } = startCli(['exec', '-v', '--', 'sleep', '60'], variables)
  await said(/Connected as .*verified/)
  child.kill('SIGKILL')
  await finished
}

export interface Started {
  readonly startedBy?: string
  readonly owner?: string
  /** 10 at most. */
  readonly count?: number
}

/** Tasks that this machine knows nothing of. */
export async function startTasks(
  ecs: TestEcs,
  { startedBy, owner, count = 1 }: Started,
): Promise<readonly string[]> {
  const { FARGATE_LOGIN_TASK_DEFINITION: taskDefinition, FARGATE_LOGIN_SUBNETS = '' } = ecs.variables
  const answer = await ecs.client.send(
    new RunTaskCommand({
      taskDefinition,
      count,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: FARGATE_LOGIN_SUBNETS.split(',') } },
      ...(startedBy && { startedBy }),
      ...(owner && { tags: [{ key: 'fargate-login:owner', value: owner }] }),
    }),
  )
  return (answer.tasks ?? []).map(({ taskArn }) => taskArn ?? '')
}
