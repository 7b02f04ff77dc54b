import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NOT_CLONED = /^(\.git|node_modules|dist|dist-.*|coverage)$/

it('npm start builds in a clone, and leaves it clean', async () => {
  await using clone = await makeClone()
  await installFrom(join(ROOT, 'node_modules'), clone.directory)
  const { stdout, stderr } = await clone.run('npm', 'start', '--silent', '--', '--version')
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(stderr).toBe('setup: building dist/\n')
  expect((await clone.run('git', 'status', '--porcelain')).stdout).toBe('')
})

it('npm start says how long set-up takes, before it installs', async () => {
  await using clone = await makeClone()
  const cache = `--cache=${join(clone.directory, '..', 'empty-cache')}`
  const { code, stderr } = await clone.run('npm', 'start', '--offline', cache, '--', '--version')
  expect(code).not.toBe(0)
  expect(stderr).toMatch(/^setup: npm ci takes about 20 s, this time only\n/)
  expect((await clone.run('git', 'status', '--porcelain')).stdout).toBe('')
})

interface Clone extends AsyncDisposable {
  readonly directory: string
  run(program: string, ...args: readonly string[]): Promise<{ stdout: string; stderr: string; code?: number }>
}

/** What a clone of the working tree would hold. */
async function makeClone(): Promise<Clone> {
  const parent = await mkdtemp(join(tmpdir(), 'fargate-login-clone-'))
  const directory = join(parent, 'clone')
  const run: Clone['run'] = (program, ...args) =>
    promisify(execFile)(program, args, {
      cwd: directory,
      env: { ...process.env, npm_config_cache: '' },
    }).catch((error) => error)
  await cp(ROOT, directory, {
    recursive: true,
    filter: (path) => !NOT_CLONED.test(relative(ROOT, path)),
  })
  await run('git', 'init', '--quiet')
  await run('git', 'add', '--all')
  await run(
    'git',
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    'commit',
    '--quiet',
    '-m',
    'all',
  )
  return {
    directory,
    run,
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  }
}

/** The packages, without a registry. */
async function installFrom(packages: string, directory: string): Promise<void> {
  const target = join(directory, 'node_modules')
  await mkdir(target)
  for (const name of await readdir(packages)) {
    if (!name.startsWith('.package-lock')) await symlink(join(packages, name), join(target, name))
  }
  await writeFile(join(target, '.package-lock.json'), '{}')
}
