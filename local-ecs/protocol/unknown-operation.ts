import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** What AWS says to an operation that is none; the local ECS knows fewer of them. */
export function unknownOperation({ service, operation }: Call): Refusal {
  if (service === 'ecs') {
    return new Refusal('UnknownOperationException', `The local ECS does not know the operation ${operation}.`)
  }
  return new Refusal('InvalidAction', `The action ${operation} is not valid for this web service.`)
}
