import type { SourceContainer } from '../source.ts'
import { unusable } from './refusal.ts'

/**
 * Refuses to put the session into the log router while another container logs through it.
 * @throws FargateLoginError `task-definition-unusable`
 */
export function checkRouter(app: SourceContainer, sidecars: readonly SourceContainer[]): void {
  if (app.firelensConfiguration === undefined) return
  const user = sidecars.find(({ logConfiguration }) => logConfiguration?.logDriver === 'awsfirelens')
  if (!user) return
  throw unusable(
    `Container "${app.name}" is the FireLens router for the logs of "${user.name}", and cannot route them during a session.`,
    'Drop --keep-sidecars, or choose another container with --container.',
  )
}
