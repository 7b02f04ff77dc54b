import type { DeriveSource } from '../source.ts'
import { unusable } from './refusal.ts'

/**
 * Fargate needs an execution role to pull a private ECR image. The app's own image may not have needed one.
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
