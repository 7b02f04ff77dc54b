/** No real account has this number. */
export const ACCOUNT_ID = '000000000000'
export const REGION = 'us-east-1'

/** Whoever calls. */
export const CALLER_ARN = `arn:aws:iam::${ACCOUNT_ID}:user/local`

/** @param resource e.g. `cluster/default` */
export function ecsArn(resource: string): string {
  return `arn:aws:ecs:${REGION}:${ACCOUNT_ID}:${resource}`
}

/** The name, or the id, at the end of an ARN; what is no ARN is returned as it is. */
export function lastOfArn(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}
