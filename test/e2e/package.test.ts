import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WORDS = ['exec', '--local', '-q', '--', 'sh', '-c', 'echo installed']

describe('the package', () => {
  it('installed from its tarball is the program of the checkout', { timeout: 300_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'fargate-login-package-'))
    try {
      const npm = (args: readonly string[]) => execFileSync('npm', [...args], { cwd: ROOT, stdio: 'pipe' })
      // The bundle has been built for this run; building it again would pull it away from the other tests.
      npm(['pack', '--ignore-scripts', '--pack-destination', directory])
      const [tarball = ''] = await readdir(directory)
      npm(['install', '--global', '--ignore-scripts', '--prefix', directory, join(directory, tarball)])
      const run = (program: string, args: readonly string[], cwd: string) =>
        execFileSync(program, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
      const installed = join(directory, 'bin', 'fargate-login')
      expect(run(installed, WORDS, directory)).toBe('installed\n')
      expect(run('npx', ['fargate-login', ...WORDS], ROOT)).toBe('installed\n')
      const [one, other] = [
        run(installed, ['--version'], directory),
        run('npx', ['fargate-login', '--version'], ROOT),
      ]
      expect(one).toBe(other)
    } finally {
      await rm(directory, { recursive: true })
    }
  })
})
