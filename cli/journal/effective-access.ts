import type { AwsAccess } from '../core/text/paste.ts'

/**
 * How the session reaches AWS, variables of the AWS SDK included: a later command may run without them.
 * Not AWS_ENDPOINT_URL_ECS and its like: what is noted is asked for EC2 and STS, too.
 */
export function effectiveAccess(
  access: AwsAccess,
  environment: Readonly<Record<string, string | undefined>>,
): AwsAccess {
  const region = access.region ?? environment.AWS_REGION
  const profile = access.profile ?? environment.AWS_PROFILE
  const endpointUrl = access.endpointUrl ?? environment.AWS_ENDPOINT_URL
  return {
    ...(region && { region }),
    ...(profile && { profile }),
    ...(endpointUrl && { endpointUrl }),
  }
}
