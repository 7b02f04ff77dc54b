import type { Account } from './account/account.ts'
import { SECURITY_GROUPS, SUBNETS } from './account/network.ts'
import { RegistrationInput, registerTaskDefinition } from './account/task-definition.ts'
import { readInput } from './protocol/read-input.ts'

const NAME = 'fargate-login'

/** Registers a task definition with the sshd image, so that a newcomer can run a task at once. */
export function registerDefaultTarget(account: Account, image: string): void {
  const registration = readInput(RegistrationInput, {
    family: NAME,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: NAME, image, portMappings: [{ containerPort: 2222, hostPort: 2222 }] }],
  })
  registerTaskDefinition(account, registration)
}

/** Variables that point any AWS client here, and that let fargate-login run without options. */
export function clientEnvironment(endpointUrl: string, image: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpointUrl,
    // Any values work, because the signature is not verified.
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    FARGATE_LOGIN_CLUSTER: 'default',
    FARGATE_LOGIN_TASK_DEFINITION: NAME,
    FARGATE_LOGIN_TOOLKIT_IMAGE: image,
    FARGATE_LOGIN_SUBNETS: SUBNETS[0].id,
    FARGATE_LOGIN_SECURITY_GROUPS: SECURITY_GROUPS[0].id,
  }
}
