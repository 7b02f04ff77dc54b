import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { builtImage, engineForTests, sshdImage } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { register } from '../helpers/register.ts'

const engine = await engineForTests()
const PAGE = readFileSync(new URL('../../docs/other-images.md', import.meta.url), 'utf8')
const STAND_IN = fileURLToPath(new URL('../helpers/images/other', import.meta.url))

/** The entry points of the images; the stand-in has them all. */
const ENTRY_POINTS: Readonly<Record<string, readonly string[]>> = {
  'ecs-fargate-login': [],
  linuxserver: ['/init'],
  'panubo-user': ['/entry.sh'],
  'panubo-root': ['/entry.sh'],
  'remote-shell': [],
}

/** The words of each command line in the table, by the family of its task definition. */
const LINES = new Map(
  [...PAGE.matchAll(/^\|[^|]+\| `fargate-login ([^`]+)`/gm)].map(([, line = '']) => {
    const words = line.split(' ')
    return [words[words.indexOf('--task-definition') + 1] ?? '', words] as const
  }),
)

/** The container in the page's section about a family. */
function containerOf(family: string): Partial<ContainerDefinition> {
  const [, json = ''] = PAGE.split(`### ${family}\n`)[1]?.match(/```json\n(.*?)```/s) ?? []
  return JSON.parse(json)
}

it('the page of other images has a line for each stand-in', () => {
  expect([...LINES.keys()]).toEqual(Object.keys(ENTRY_POINTS))
})

describe.skipIf(!engine)("the page's line for", () => {
  let ecs: TestEcs
  let toolkitImage: string

  beforeAll(async () => {
    if (!engine) return
    ecs = await startEcs({ runner: 'container' })
    toolkitImage = await sshdImage()
    const image = await builtImage(engine, STAND_IN)
    for (const [family, entryPoint] of Object.entries(ENTRY_POINTS)) {
      const container = { name: 'ssh', image, entryPoint: [...entryPoint], ...containerOf(family) }
      await register(ecs.client, { family, containerDefinitions: [container] })
    }
  }, 600_000)
  afterAll(() => ecs?.[Symbol.asyncDispose]())

  function run(family: string, change: (words: readonly string[]) => readonly string[] = (words) => words) {
    const words = (LINES.get(family) ?? []).map((word) => word.replace(/^REGISTRY\/.*/, toolkitImage))
    const { FARGATE_LOGIN_TASK_DEFINITION, FARGATE_LOGIN_TOOLKIT_IMAGE, ...variables } = ecs.variables
    return runCli(change(words), variables)
  }

  it.each([
    ['linuxserver', 'linuxserver.io'],
    ['panubo-user', 'www'],
    ['panubo-root', 'root'],
    ['remote-shell', 'root'],
  ])('%s opens a session as %s, with an exact exit status', async (family, user) => {
    expect(await run(family)).toMatchObject({ status: 0, stdout: `${user}\n` })
    const exits = await run(family, withCommand('exit 3'))
    expect(exits.status).toBe(3)
  })

  it("ecs-fargate-login opens a session as root with the container's environment", async () => {
    expect((await run('ecs-fargate-login')).stdout).toBe('root\n')
    const { status, stdout } = await run(
      'ecs-fargate-login',
      withCommand('printenv _AUTHORIZED_PUBLIC_KEY; exit 3'),
    )
    expect(stdout).toMatch(/^ssh-ed25519 /)
    // Its exit status is the one of its own `kill`, or lost.
    expect([0, 255]).toContain(status)
  })

  it.each([
    ['linuxserver', '--user', /names no user, so root was tried: name its user with --user/],
    ['ecs-fargate-login', '--key-env', /takes the key from another variable \(docs\/other-images\.md\)/],
    ['linuxserver', '--host-key', /makes its own .* --host-key accept$/m],
  ])('%s without %s fails with the hint to add it', async (family, option, hint) => {
    const { status, stderr } = await run(family, (words) => words.toSpliced(words.indexOf(option), 2))
    expect(stderr).toMatch(hint)
    expect(status).toBe(255)
  })
})

/** The same words, with another remote command. */
function withCommand(script: string): (words: readonly string[]) => readonly string[] {
  return (words) => [...words.slice(0, words.indexOf('--')), '--', 'sh', '-c', script]
}
