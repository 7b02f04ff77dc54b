import type { LocalEcsOptions } from './local-ecs.ts'
import { chooseRunner } from './runners/choose-runner.ts'
import type { RunnerKind } from './runners/runner.ts'

export type Preparation = Pick<LocalEcsOptions, 'imageDirectory' | 'runner' | 'log' | 'signal'>

/**
 * Does ahead of time what takes long at the first start: finds out about the container engine, builds the image.
 * @returns what a start with the same options will run tasks on
 * @throws FargateLoginError `local-unavailable`
 */
export async function prepareLocalEcs(options: Preparation): Promise<RunnerKind> {
  const { imageDirectory, runner: kind = 'auto', log = () => {}, signal } = options
  const runner = await chooseRunner({ runner: kind, imageDirectory, log, output: undefined, signal })
  await runner.close()
  return runner.kind
}
