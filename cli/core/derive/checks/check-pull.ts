import type { DeriveSource } from '../source.ts'
import { unusable } from './refusal.ts'

/**
 * Fargate refuses a private ECR image in a definition without an execution role, and the app may have done without.
 * @throws FargateLoginError `task-definition-unusable`
 */
export function checkToolkitPull(source: DeriveSource, toolkitImage: string): void {
  const onFargate = source.requiresCompatibilities?.includes('FARGATE')
  if (!onFargate || source.executionRoleArn || !/^\d{12}\.dkr[.-]ecr[.-]/.test(toolkitImage)) return
  throw unusable(
    `${source.family} has no execution role, and Fargate needs one to pull ${toolkitImage} from ECR.`,
    'Register a revision with an executionRoleArn, or use a toolkit image in a public registry.',
  )
}
