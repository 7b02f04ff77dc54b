import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** AWS's answer to an unknown operation. The local ECS implements fewer operations than AWS. */
export function unknownOperation({ service, operation }: Call): Refusal {
  if (service === 'ecs') {
    return new Refusal('UnknownOperationException', `The local ECS does not know the operation ${operation}.`)
  }
  return new Refusal('InvalidAction', `The action ${operation} is not valid for this web service.`)
}
