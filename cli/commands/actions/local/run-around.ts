import type { Context } from '../../context.ts'
import { clientVariables, withVariables } from './client-variables.ts'
import type { LocalOptions } from './options.ts'
import { runProgram } from './run-program.ts'
import { startEcs } from './start-ecs.ts'

/** Runs a program of this machine with an embedded ECS around it, and ends as the program ends. */
export async function runAround(
  argv: readonly string[],
  options: LocalOptions,
  context: Context,
): Promise<void> {
  await using ecs = await startEcs(options, context)
  const { environment } = context
  const variables = clientVariables(ecs.environment, environment)
  context.finish(await runProgram(argv, withVariables(environment, variables), context))
}
