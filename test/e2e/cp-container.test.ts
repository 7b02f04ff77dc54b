import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { builtImage, engineForTests } from '../helpers/container.ts'
import { startEcs, type TestEcs } from '../helpers/ecs.ts'
import { testFolder } from '../helpers/folder.ts'
import { register } from '../helpers/register.ts'
import { makeTree, readTree } from '../helpers/tree.ts'

const engine = await engineForTests()

/** Images that know nothing of us: without a shell or any program, with busybox, and with the tools of GNU. */
const IMAGES = ['scratch', 'busybox', 'plain'] as const

describe.skipIf(!engine)('a copy in an injected session', () => {
  let ecs: TestEcs
  let data: string

  beforeAll(async () => {
    if (!engine) return
    ecs = await startEcs({ runner: 'container' })
    data = await mkdtemp(join(tmpdir(), 'fargate-login-data-'))
    for (const name of IMAGES) {
      await mkdir(join(data, name))
      const image = await builtImage(
        engine,
        fileURLToPath(new URL(`../helpers/images/${name}`, import.meta.url)),
      )
      await register(ecs.client, {
        family: name,
        executionRoleArn: 'arn:aws:iam::123456789012:role/ecs',
        // On an instance, a folder of the host outlives its task: what goes up in one task comes down in another.
        requiresCompatibilities: ['EC2'],
        volumes: [{ name: 'data', host: { sourcePath: join(data, name) } }],
        containerDefinitions: [
          { name: 'app', image, mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] },
        ],
      })
      await register(ecs.client, {
        family: `${name}-app`,
        executionRoleArn: 'arn:aws:iam::123456789012:role/ecs',
        containerDefinitions: [{ name: 'app', image, user: '1000:1000' }],
      })
    }
  }, 900_000)
  afterAll(async () => {
    await ecs?.[Symbol.asyncDispose]()
    if (data) await rm(data, { recursive: true, force: true })
  })

  function cp(family: string, ...words: readonly string[]) {
    const launch = family.endsWith('-app') ? 'FARGATE' : 'EC2'
    const options = ['--inject', '--task-definition', family, '--launch-type', launch]
    return runCli(['cp', '-q', ...options, ...words], ecs.variables)
  }

  it.each(IMAGES)('works with the tools of %s, both ways', async (family) => {
    await using dir = await testFolder()
    await makeTree(dir.file('tree'))
    const tree = readTree(dir.file('tree'))
    expect(await cp(family, '--verify', dir.file('tree'), ':/data/there')).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(await cp(family, '--verify', ':/data/there', dir.file('back'))).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(readTree(dir.file('back'))).toEqual(tree)
    expect(await cp(family, '--resume', `${dir.file('tree')}/.`, ':/data/there')).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(await cp(family, '--resume', ':/data/there/.', dir.file('back'))).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(await cp(family, ':/proc/self/status', ':/etc/hosts', dir.path)).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(readFileSync(dir.file('hosts'), 'utf8')).toMatch(/localhost/)
    expect(readFileSync(dir.file('status'), 'utf8')).toMatch(/^Name:/)
  })

  it.each(IMAGES)('tells what the user of the container may not read or write, with %s', async (family) => {
    await using dir = await testFolder()
    await makeTree(dir.file('tree'))
    const up = await cp(`${family}-app`, dir.file('tree'), ':/proc')
    expect(up.stderr).toMatch(/cp: /)
    expect(up.status).toBe(1)
    const down = await cp(`${family}-app`, ':/proc/kmsg', ':/etc/hosts', dir.path)
    expect(down.stderr).toMatch(/cp: \/proc\/kmsg: Permission denied/)
    expect(down.status).toBe(1)
    expect(readdirSync(dir.path)).toContain('hosts')
  })
})
