import * as v from 'valibot'
import type { ServiceName } from './call.ts'
import { Refusal } from './refusal.ts'

/** Validates an operation's input: checks members for presence and type, and drops unknown ones. */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  service: ServiceName = 'ecs',
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const [issue] = result.issues
  const name = v.getDotPath(issue) ?? 'Request'
  if (service !== 'ecs') throw new Refusal('InvalidParameterValue', `${name}: ${issue.message}`)
  if (issue.input === undefined) {
    throw new Refusal('InvalidParameterException', `${name} can not be blank.`)
  }
  throw new Refusal('SerializationException', `${name}: ${issue.message}`)
}
