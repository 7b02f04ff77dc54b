import type { CapacityProvider } from '../task/task-definition.ts'
import type { Overrides } from './overrides.ts'

/** The request in ECS's spelling, as `aws ecs run-task --cli-input-json` takes it. */
export interface RunTaskRequest {
  readonly cluster: string
  readonly taskDefinition: string
  readonly count: 1
  readonly clientToken: string
  readonly startedBy: string
  readonly launchType?: string
  readonly capacityProviderStrategy?: readonly CapacityProvider[]
  readonly platformVersion?: string
  readonly networkConfiguration?: {
    readonly awsvpcConfiguration: {
      readonly subnets: readonly string[]
      readonly securityGroups?: readonly string[]
      readonly assignPublicIp?: 'ENABLED' | 'DISABLED'
    }
  }
  readonly overrides: Overrides
  readonly tags?: readonly { readonly key: string; readonly value: string }[]
}
