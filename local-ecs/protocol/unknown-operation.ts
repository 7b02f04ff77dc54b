import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** The answer of AWS to an unknown operation. The local ECS knows fewer than AWS does. */
export function unknownOperation({ service, operation }: Call): Refusal {
  if (service === 'ecs') {
    return new Refusal('UnknownOperationException', `The local ECS does not know the operation ${operation}.`)
  }
  return new Refusal('InvalidAction', `The action ${operation} is not valid for this web service.`)
}
