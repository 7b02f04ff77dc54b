/** Not the number of any real account. */
export const ACCOUNT_ID = '000000000000'
export const REGION = 'us-east-1'

/** The caller of every request. */
export const CALLER_ARN = `arn:aws:iam::${ACCOUNT_ID}:user/local`

/** @param resource e.g. `cluster/default` */
export function ecsArn(resource: string): string {
  return `arn:aws:ecs:${REGION}:${ACCOUNT_ID}:${resource}`
}
