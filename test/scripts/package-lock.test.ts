import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

it('npm ci accepts package-lock.json, without asking a registry', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'fargate-login-lock-'))
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      await cp(join(ROOT, file), join(directory, file))
    }
    const args = ['ci', '--dry-run', '--ignore-scripts', '--offline', '--cache', join(directory, 'cache')]
    const { stdout } = await promisify(execFile)('npm', args, { cwd: directory })
    expect(stdout).toMatch(/added \d+ packages/)
  } finally {
    await rm(directory, { recursive: true })
  }
})

it('package-lock.json wants what package.json wants', async () => {
  const [manifest, lock] = await Promise.all([readJson('package.json'), readJson('package-lock.json')])
  const { version, dependencies, devDependencies, engines } = manifest
  expect(lock.packages['']).toMatchObject({ version, dependencies, devDependencies, engines })
})

it('package-lock.json names no registry', async () => {
  expect(await readFile(join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/)
})

async function readJson(file: string) {
  return JSON.parse(await readFile(join(ROOT, file), 'utf8'))
}
