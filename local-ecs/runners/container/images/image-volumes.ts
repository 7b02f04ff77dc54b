import { type Engine, engine } from '../engine/engine.ts'

/** The paths at which the image declares a VOLUME. */
export async function imageVolumes(client: Engine, image: string): Promise<ReadonlySet<string>> {
  const answer = await engine(client, ['image', 'inspect', '--format', '{{json .Config.Volumes}}', image])
  // An image without any says `null`.
  return new Set(Object.keys((JSON.parse(answer) as Readonly<Record<string, unknown>> | null) ?? {}))
}
