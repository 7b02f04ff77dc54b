import type { EmbeddedPlace } from './aws/clients.ts'
import { readEnvironment } from './config/environment.ts'
import type { Config } from './core/config/config.ts'
import { imageDirectory } from './image-directory.ts'
import { startLocalEcs } from './load-local-ecs.ts'
import type { Reporter } from './session/ports/reporter.ts'

/** An embedded ECS for the time of one command, and a config that points to it. */
export interface EmbeddedEcs extends AsyncDisposable {
  readonly config: Config
  readonly place: EmbeddedPlace
}

/** Implements `--local`: starts an embedded ECS and fills in what the command line left open. */
export async function embedLocalEcs(
  requested: Config,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<EmbeddedEcs> {
  reporter.step('config', 'Starting the embedded ECS')
  // The image takes a while to build, so its progress is shown. Later output of tasks must not disturb the session.
  let starting = true
  const log = (line: string) => (starting ? reporter.step('config', line) : reporter.debug(line))
  const ecs = await startLocalEcs({ imageDirectory, signal, log, verbose: requested.verbosity === 'verbose' })
  starting = false
  reporter.done(
    'config',
    `The embedded ECS is at ${ecs.endpointUrl}; its tasks run on the ${ecs.runner} runner`,
  )
  const target = readEnvironment(ecs.environment)
  const toolkitImage = requested.toolkitImage ?? target.toolkitImage
  const region = ecs.environment.AWS_REGION ?? 'us-east-1'
  const given = requested.service !== undefined || requested.taskDefinition !== undefined
  return {
    config: {
      ...requested,
      ...(!given && { taskDefinition: target.taskDefinition ?? '' }),
      ...(toolkitImage !== undefined && { toolkitImage }),
      subnets: requested.subnets ?? target.subnets ?? [],
      securityGroups: requested.securityGroups ?? target.securityGroups ?? [],
      region,
      endpointUrl: ecs.endpointUrl,
    },
    place: {
      region,
      endpointUrl: ecs.endpointUrl,
      credentials: {
        accessKeyId: ecs.environment.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: ecs.environment.AWS_SECRET_ACCESS_KEY ?? '',
      },
    },
    [Symbol.asyncDispose]: () => ecs[Symbol.asyncDispose](),
  }
}
