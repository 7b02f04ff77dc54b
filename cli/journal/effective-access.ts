import type { AwsAccess } from '../core/text/paste.ts'

/**
 * How the session reaches AWS, including the AWS SDK's variables, because a later command may run without them.
 * It leaves out AWS_ENDPOINT_URL_ECS and the like, because the recorded endpoint also serves EC2 and STS.
 */
export function effectiveAccess(
  access: AwsAccess,
  environment: Readonly<Record<string, string | undefined>>,
): AwsAccess {
  const region = access.region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION)
  // Keys in the environment beat a profile of the environment. To a later command, a noted profile would beat them.
  const keys = environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY
  const fromVariable = keys ? undefined : environment.AWS_PROFILE || environment.AWS_DEFAULT_PROFILE
  const profile = access.profile ?? fromVariable
  const endpointUrl = access.endpointUrl ?? environment.AWS_ENDPOINT_URL
  return {
    ...(region && { region }),
    ...(profile && { profile }),
    ...(endpointUrl && { endpointUrl }),
  }
}
