import type { SourceContainer } from '../source.ts'
import { unusable } from './refusal.ts'

/**
 * Refuses the log router as the app while another container logs through it: it does not route while it runs a session.
 * @throws FargateLoginError `task-definition-unusable`
 */
export function checkRouter(app: SourceContainer, sidecars: readonly SourceContainer[]): void {
  if (app.firelensConfiguration === undefined) return
  const user = sidecars.find(({ logConfiguration }) => logConfiguration?.logDriver === 'awsfirelens')
  if (!user) return
  throw unusable(
    `Container "${app.name}" is the FireLens router through which "${user.name}" logs, and routes nothing while it runs a session.`,
    'Leave --keep-sidecars out, or choose another container with --container.',
  )
}
