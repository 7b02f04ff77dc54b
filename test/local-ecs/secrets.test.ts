import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { register } from '../helpers/register.ts'
import { isIn, type Local, startLocal, stubImage, withEnvironment } from './start.ts'

const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:app-AbCdEf'
const PARAMETER = 'arn:aws:ssm:us-east-1:000000000000:parameter/app/token'

/** Shows its variables, one line each, then waits. */
const SHOW = `
env | sed 's/^/variable /'
echo done
exec sleep 1000
`

describe("a container's secrets", () => {
  let image: Awaited<ReturnType<typeof stubImage>>
  let local: Local

  beforeAll(async () => {
    image = await stubImage(SHOW)
    local = await startLocal({
      imageDirectory: image.directory,
      verbose: true,
      secrets: {
        [SECRET]: '{"user":"me","port":5432}',
        [`${SECRET}2`]: 'no JSON',
        [PARAMETER]: 'from-arn',
        'app-key': 'a=b c',
      },
    })
  })
  afterAll(async () => {
    await local[Symbol.asyncDispose]()
    await image[Symbol.asyncDispose]()
  })

  async function run(secrets: ContainerDefinition['secrets']): Promise<string> {
    await register(local.client, {
      family: 'secrets',
      executionRoleArn: 'arn:aws:iam::000000000000:role/execution',
      containerDefinitions: [{ name: 'app', image: 'app', secrets }],
    })
    return local.run({ taskDefinition: 'secrets', overrides: withEnvironment({ KEY: 'override' }, 'app') })
  }

  it('are its variables, and no override replaces them', async () => {
    const arn = await run([
      { name: 'WHOLE', valueFrom: SECRET },
      { name: 'USER_NAME', valueFrom: `${SECRET}:user::` },
      { name: 'PORT', valueFrom: `${SECRET}:port:AWSCURRENT:` },
      { name: 'TOKEN', valueFrom: PARAMETER },
      { name: 'KEY', valueFrom: 'app-key' },
    ])
    await local.until(arn, () => local.lines.includes('done'))
    expect(local.lines).toEqual(
      expect.arrayContaining([
        'variable WHOLE={"user":"me","port":5432}',
        'variable USER_NAME=me',
        'variable PORT=5432',
        'variable TOKEN=from-arn',
        'variable KEY=a=b c',
      ]),
    )
    expect(JSON.stringify(await local.describe(arn))).not.toContain('from-arn')
  })

  const prefix =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: '
  const missing: [string, string, RegExp][] = [
    [
      'a parameter that is not there',
      '/app/other',
      /^unable to retrieve secrets from ssm: .*invalid ssm parameters: \/app\/other$/,
    ],
    [
      'a secret that is not there',
      SECRET.replace('app', 'other'),
      /^unable to retrieve secret from asm: .*failed to fetch secret arn:.*:secret:other-AbCdEf from secrets manager: ResourceNotFoundException/,
    ],
    [
      'a key that is not in the secret',
      `${SECRET}:password::`,
      /^unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key password$/,
    ],
    ['a key of what is no JSON', `${SECRET}2:password::`, /^unable to retrieve secret from asm: .*JSON/],
  ]
  for (const [what, valueFrom, message] of missing) {
    it(`fail the task: ${what}`, async () => {
      const task = await local.until(await run([{ name: 'X', valueFrom }]), isIn('STOPPED'))
      expect(task.stopCode).toBe('TaskFailedToStart')
      expect(task.stoppedReason?.slice(0, prefix.length)).toBe(prefix)
      expect(task.stoppedReason?.slice(prefix.length)).toMatch(message)
    })
  }
})
