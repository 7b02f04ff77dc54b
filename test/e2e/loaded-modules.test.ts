import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { CLI, environment, type Variables } from '../helpers/cli.ts'
import { startEcs } from '../helpers/ecs.ts'

const RECORDER = new URL('../helpers/record-modules.mjs', import.meta.url).href
const LAZY = {
  'the local ECS': /^local-ecs\//,
  'the AWS SDK': /@aws-sdk\//,
  ssh2: /\/ssh2\//,
  YAML: /\/yaml\//,
}

it.each(['--help', '--version', 'login --help'])(
  '%s loads neither the local ECS, the AWS SDK, ssh2 nor YAML',
  async (args) => {
    expect(await loads(args.split(' '))).toEqual([])
  },
)

it('a session on an ECS that runs loads the AWS SDK and ssh2 only', async () => {
  await using ecs = await startEcs()
  expect(await loads(['login', '--dry-run'], ecs.variables)).toEqual(['the AWS SDK', 'ssh2'])
})

it('a session on the local ECS loads all that is lazy but the YAML parser', async () => {
  expect(await loads(['login', '--local', '--dry-run'])).toEqual(['the local ECS', 'the AWS SDK', 'ssh2'])
})

it('a config file loads the YAML parser', async () => {
  await using directory = await temporaryDirectory()
  const path = join(directory.path, 'fargate-login.yaml')
  await writeFile(path, 'defaults: {}\n')
  expect(await loads(['login', '--config', path, 'nowhere'])).toEqual(['YAML'])
})

/** Which of the lazy parts a command line loads. */
async function loads(args: readonly string[], variables: Variables = {}): Promise<readonly string[]> {
  const sources = await loadedSources(args, variables)
  expect(sources).toContain('cli/main.ts')
  return Object.entries(LAZY).flatMap(([part, pattern]) =>
    sources.some((one) => pattern.test(one)) ? part : [],
  )
}

/** The modules that it loads and, where they are chunks of the bundle, the sources of which esbuild made them. */
async function loadedSources(args: readonly string[], variables: Variables): Promise<readonly string[]> {
  await using directory = await temporaryDirectory()
  const record = join(directory.path, 'modules')
  const options = { env: environment({ ...variables, RECORD_MODULES: record }) }
  // Its status does not matter: a command line that is refused has loaded what it needs for that.
  await promisify(execFile)(process.execPath, ['--import', RECORDER, CLI, ...args], options).catch(() => {})
  const urls = (await readFile(record, 'utf8')).trim().split('\n')
  const paths = urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url))
  const chunks = await Promise.all(
    paths.filter((path) => path.includes('/dist/')).map((path) => readFile(path, 'utf8')),
  )
  return [
    ...paths,
    ...chunks.flatMap((chunk) => [...chunk.matchAll(/^\/\/ (\S+)$/gm)].map(([, source]) => String(source))),
  ]
}

async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'fargate-login-modules-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
