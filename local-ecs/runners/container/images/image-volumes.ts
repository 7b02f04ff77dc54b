import { type Engine, engine } from '../engine/engine.ts'

/** The paths that the image declares as VOLUME. */
export async function imageVolumes(client: Engine, image: string): Promise<ReadonlySet<string>> {
  const answer = await engine(client, ['image', 'inspect', '--format', '{{json .Config.Volumes}}', image])
  // `null` if the image declares none.
  return new Set(Object.keys((JSON.parse(answer) as Readonly<Record<string, unknown>> | null) ?? {}))
}
