import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { builtImage, engineForTests } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

const engine = await engineForTests()

describe.skipIf(!engine)('one-time RSA keys on both sides', () => {
  let ecs: TestEcs

  beforeAll(async () => {
    if (!engine) return
    ecs = await startEcs({ runner: 'container' })
    const plain = await builtImage(engine, fileURLToPath(new URL('../helpers/images/plain', import.meta.url)))
    await register(ecs.client, {
      family: 'plain',
      executionRoleArn: 'arn:aws:iam::123456789012:role/ecs',
      containerDefinitions: [{ name: 'app', image: plain }],
    })
  }, 900_000)
  afterAll(() => ecs?.[Symbol.asyncDispose]())

  it.each([
    ['the image', []],
    ['an injected session', ['--task-definition', 'plain', '--inject']],
  ])('open %s, with a cipher that the processor has', async (_, options) => {
    const words = ['exec', '-v', '--key-type', 'rsa', ...options, '--', 'echo', 'in']
    const { stdout, stderr, status } = await runCli(words, ecs.variables)
    expect({ stdout, status }).toEqual({ stdout: 'in\n', status: 0 })
    expect(stderr).toMatch(/^fargate-login: Cipher: (aes128-gcm|chacha20-poly1305)@openssh\.com$/m)
    expect(stderr).toMatch(/host key verified/)
  })
})
