import type { Account } from './account/account.ts'
import { SECURITY_GROUPS, SUBNETS } from './account/network.ts'
import { RegistrationInput, registerTaskDefinition } from './account/task-definition.ts'
import { readInput } from './protocol/read-input.ts'

const NAME = 'fargate-login'

/** A newcomer's first task definition: it has the sshd image and can run at once. */
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

/** The variables that lead any AWS client here, and with which fargate-login needs no options. */
export function clientEnvironment(endpointUrl: string, image: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpointUrl,
    // Any will do: the signature is not verified.
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
