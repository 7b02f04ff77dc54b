import { DescribeTaskDefinitionCommand, type ECSClient } from '@aws-sdk/client-ecs'
import type { TaskDefinition } from '../core/task/task-definition.ts'
import { object, sayNothing, text } from './answer.ts'
import { callAws } from './aws-error.ts'
import { parseTaskDefinition } from './parse-task-definition.ts'
import { unreadMembers } from './unread-members.ts'

/**
 * The task definition, and what of it the SDK does not know. Its answer is kept as ECS has sent it, because the SDK drops
 * what is not in its model of ECS, and nobody would miss it when a task definition is derived from the rest.
 */
export async function describeTaskDefinition(
  client: ECSClient,
  taskDefinition: string,
  signal: AbortSignal,
): Promise<TaskDefinition> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition })
  const collect = client.config.streamCollector
  let sent: Uint8Array | undefined
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const response = result.response as { body: Parameters<typeof collect>[0] | Uint8Array }
      sent = response.body instanceof Uint8Array ? response.body : await collect(response.body)
      response.body = sent
      return result
    },
    // Low: nearer to the wire than the SDK's own, which takes the bytes as it takes the stream.
    { step: 'deserialize', name: 'keepAnswer', priority: 'low' },
  )
  const answer = await callAws(
    'ecs:DescribeTaskDefinition',
    (options) => client.send(command, options),
    signal,
  )
  const definition = object(answer.taskDefinition)
  if (text(definition.taskDefinitionArn) === undefined) {
    throw sayNothing('ecs:DescribeTaskDefinition', 'task definition')
  }
  const json = JSON.parse(new TextDecoder().decode(sent)) as { readonly taskDefinition?: unknown }
  return parseTaskDefinition(definition, unreadMembers(json.taskDefinition, definition))
}
