import * as v from 'valibot'
import { ACCOUNT_ID } from '../../account/arn.ts'
import type { XmlValue } from '../../protocol/xml.ts'

export const AssumedRoleInput = v.object({
  RoleArn: v.pipe(v.string(), v.regex(/^arn:[\w-]+:iam::\d*:role\/./, 'is not the ARN of a role')),
  RoleSessionName: v.pipe(v.string(), v.regex(/^[\w+=,.@-]{2,64}$/, 'is not a session name')),
  DurationSeconds: v.optional(v.string()),
})

/**
 * Keys for a role. They end when real ones do, and name the role, so that a reader of a log knows whose they are:
 * `ASIADEPLOY` for the role `deploy`.
 */
export function assumedRole(input: v.InferOutput<typeof AssumedRoleInput>): XmlValue {
  const { RoleArn: arn, RoleSessionName: session, DurationSeconds: seconds = '3600' } = input
  const role = arn.slice(arn.lastIndexOf('/') + 1)
  const id = `AROA${letters(role)}`
  return {
    Credentials: {
      AccessKeyId: `ASIA${letters(role)}`,
      SecretAccessKey: 'local',
      SessionToken: `local-${role}`,
      Expiration: new Date(Date.now() + Number(seconds) * 1000).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${id}:${session}`,
      Arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${role}/${session}`,
    },
  }
}

function letters(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '')
}
