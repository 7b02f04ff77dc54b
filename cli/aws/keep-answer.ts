import type { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs'

type MiddlewareStack = DescribeTaskDefinitionCommand['middlewareStack']
type Collect = ECSClient['config']['streamCollector']

/**
 * Keeps AWS's raw answer to a command. The SDK silently drops members that its model of ECS lacks. A task definition
 * derived from the rest would lack them as well.
 * @returns a function that returns the answer's text once it has arrived
 */
export function keepAnswer(stack: MiddlewareStack, collect: Collect): () => string {
  let sent: Uint8Array | undefined
  stack.add(
    (next) => async (args) => {
      const result = await next(args)
      const response = result.response as { body: Parameters<Collect>[0] | Uint8Array }
      sent = response.body instanceof Uint8Array ? response.body : await collect(response.body)
      response.body = sent
      return result
    },
    // Low priority: runs closer to the network than the SDK's parser, which accepts bytes as well as a stream.
    { step: 'deserialize', name: 'keepAnswer', priority: 'low' },
  )
  return () => new TextDecoder().decode(sent)
}
