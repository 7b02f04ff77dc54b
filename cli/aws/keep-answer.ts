import type { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs'

type MiddlewareStack = DescribeTaskDefinitionCommand['middlewareStack']
type Collect = ECSClient['config']['streamCollector']

/**
 * Keeps the answer to a command as AWS has sent it. The SDK drops what is not in its model of ECS, and nobody would miss
 * that when a task definition is derived from the rest.
 * @returns gives the answer's text, once it has come
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
    // Low: nearer to the wire than the SDK's own, which takes the bytes as it takes the stream.
    { step: 'deserialize', name: 'keepAnswer', priority: 'low' },
  )
  return () => new TextDecoder().decode(sent)
}
