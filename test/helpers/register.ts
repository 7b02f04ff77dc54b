import {
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'

/** What each task definition for Fargate has to say. */
export const FARGATE: Partial<RegisterTaskDefinitionCommandInput> = {
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
}

/** Registers a task definition for Fargate. @returns its family */
export async function register(
  client: ECSClient,
  input: RegisterTaskDefinitionCommandInput,
): Promise<string> {
  await client.send(new RegisterTaskDefinitionCommand({ ...FARGATE, ...input }))
  return input.family ?? ''
}
