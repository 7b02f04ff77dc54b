import * as v from 'valibot'
import type { ServiceName } from './call.ts'
import { Refusal } from './refusal.ts'

/**
 * Validates an operation's input: checks members for presence and type, and drops unknown ones.
 * @param clientError the error for a value that the API's model does not have
 */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  service: ServiceName = 'ecs',
  clientError: 'InvalidParameterException' | 'ClientException' = 'InvalidParameterException',
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const [issue] = result.issues
  const name = v.getDotPath(issue) ?? 'Request'
  if (service !== 'ecs') throw new Refusal('InvalidParameterValue', `${name}: ${issue.message}`)
  if (issue.input === undefined) throw new Refusal('InvalidParameterException', `${name} can not be blank.`)
  if (issue.type === 'picklist' && typeof issue.input === 'string') {
    // ECS names the list, and not the position in it.
    throw new Refusal(clientError, `${name.replace(/\.\d+$/, '')} ${issue.message}`)
  }
  throw new Refusal('SerializationException', `${name}: ${issue.message}`)
}
