import { spawnSync } from 'node:child_process'
import * as sdk from '@aws-sdk/client-ecs'
import { beforeAll, describe } from 'vitest'
import type { Call, Result } from './calls/call.ts'
import { callsOf, checkCalls } from './calls/check-calls.ts'
import { PYTHON, type PythonClient, withPython } from './calls/with-python.ts'
import { startStub } from './start.ts'

describe('a client', () => {
  const calls = callsOf('recent')
  let results: readonly Result[] = []
  beforeAll(async () => {
    await using local = await startStub()
    const answers: Result[] = []
    for (const call of calls) answers.push(await send(local.client, call))
    results = answers
  })
  checkCalls('the JavaScript SDK', calls, () => results)
})

async function send(client: sdk.ECSClient, { operation, input }: Call): Promise<Result> {
  const commands = sdk as unknown as Readonly<Record<string, new (input: object) => sdk.ListTasksCommand>>
  const Command = commands[`${operation}Command`]
  if (!Command) throw new Error(`the SDK has no ${operation}`)
  try {
    return { answer: await client.send(new Command(input)) }
  } catch (error) {
    const { name, message } = error as Error
    return { error: name, message }
  }
}

const PYTHON_CLIENTS: readonly [name: string, client: PythonClient, module: string][] = [
  ['boto3', 'boto3', 'boto3'],
  ['the AWS CLI', 'aws-cli', 'awscli.clidriver'],
]

for (const [name, client, module] of PYTHON_CLIENTS) {
  const isThere = spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0
  // It may be missing on a developer's machine, never in CI.
  describe.skipIf(!isThere && !process.env.CI)('a client of Debian', () => {
    const calls = callsOf('old')
    let results: readonly Result[] = []
    beforeAll(async () => {
      await using local = await startStub()
      results = await withPython(client, local.ecs, calls)
    })
    checkCalls(name, calls, () => results)
  })
}
