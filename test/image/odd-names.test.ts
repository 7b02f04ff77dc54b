import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, engine } from '../../local-ecs/runners/container/engine/engine.ts'
import { builtImage, engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { type Server, startServer } from './helpers/server.ts'

const client = await engineForTests()
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

interface Kind {
  readonly kind: string
  readonly user: string
  readonly image: (client: Engine) => Promise<string>
  /** Whether a command that needs a shell has the variables, too. */
  readonly whatever: boolean
}

const kinds: readonly Kind[] = [
  {
    kind: 'bash',
    user: 'app',
    image: (client) => builtImage(client, here('app-image')),
    whatever: true,
  },
  {
    kind: 'dash, with bash next to it',
    user: 'homeless',
    image: (client) => builtImage(client, here('app-image')),
    whatever: true,
  },
  {
    kind: 'dash of a distribution, without the toolkit',
    user: 'dashing',
    image: (client) => builtImage(client, here('distribution-image')),
    whatever: true,
  },
  {
    kind: 'the busybox of the toolkit',
    user: 'root',
    image: (client) => builtImage(client, here('../helpers/images/copied')),
    whatever: false,
  },
]

// Java programs take their settings from variables such as spring.datasource.url. dash and busybox drop these.
describe.runIf(client).each(kinds)('a variable with a dot in its name, where the shell is $kind', (kind) => {
  const keys = makeKeys()
  const { user, whatever } = kind
  const value = 'it\'s\na "value" $HOME'
  let server: Server

  beforeAll(async () => {
    if (!client) return
    server = await startServer(client, keys, {
      image: await kind.image(client),
      environment: { 'my.setting': value, PLAIN: 'plain' },
      ...(user !== 'root' && { args: ['--user', user] }),
    })
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    keys[Symbol.dispose]()
  })

  test('reaches a plain command, as with docker exec', async () => {
    if (!client) return
    const { stdout, status } = await server.ssh('env', { user })
    expect(stdout).toContain(`my.setting=${value}\n`)
    expect(status).toBe(0)
    // The engine finds no `env` in an image that has nothing but the toolkit.
    const env = kind.kind.includes('toolkit') && user === 'root' ? '/opt/fargate-login/bin/env' : 'env'
    expect(await engine(client, ['exec', server.name, env])).toContain(`my.setting=${value}\n`)
  })

  test('reaches a command with quoted arguments, which arrive as they are', async () => {
    const { stdout } = await server.ssh("env 'PLAIN=it'\\''s  $HOME;'", { user })
    expect(stdout).toContain("PLAIN=it's  $HOME;\n")
    expect(stdout).toContain(`my.setting=${value}\n`)
  })

  test('does not change what the shell does itself, or how a command ends', async () => {
    expect((await server.ssh('cd /', { user })).status).toBe(0)
    expect((await server.ssh('exit 44', { user })).status).toBe(44)
    expect((await server.ssh('no-such-program', { user })).status).toBe(127)
    expect((await server.ssh('echo "$PLAIN" | cat; A=b; echo $A', { user })).stdout).toBe('plain\nb\n')
    expect((await server.ssh('sh -c "kill -TERM \\$\\$"', { user })).status).not.toBe(0)
    expect((await server.ssh('cat', { user, input: 'piped' })).stdout).toBe('piped')
  })

  test(`${whatever ? 'reaches' : 'does not reach'} a command that needs a shell`, async () => {
    const { stdout } = await server.ssh('cd / && env', { user })
    if (whatever) expect(stdout).toContain('my.setting=')
    else expect(stdout).not.toContain('my.setting=')
    expect(stdout).toContain('PLAIN=plain\n')
  })
})
