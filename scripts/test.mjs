// `npm test`: sets up what the tests need, then runs linter, types, shellcheck and vitest. Words go to vitest.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDist } from './setup/dist.mjs'
import { ensureEngine } from './setup/engine.mjs'
import { ensureImage } from './setup/image.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { root } from './setup/root.mjs'
import { say } from './setup/say.mjs'

/** Program, or path of a module for Debian's Python -> Debian package: everything that a test runs and a fresh machine lacks. */
const PACKAGES = {
  sshd: 'openssh-server',
  ssh: 'openssh-client',
  aws: 'awscli',
  '/usr/lib/python3/dist-packages/awscli': 'awscli',
  '/usr/lib/python3/dist-packages/boto3': 'python3-boto3',
  shellcheck: 'shellcheck',
  'ssh-audit': 'ssh-audit',
  vi: 'vim-tiny',
  ps: 'procps',
  curl: 'curl',
  git: 'git',
  psql: 'postgresql',
  pg_ctlcluster: 'postgresql',
  rsync: 'rsync',
  ansible: 'ansible-core',
  sshfs: 'sshfs',
  plink: 'putty-tools',
  dbclient: 'dropbear-bin',
  '/usr/lib/python3/dist-packages/paramiko': 'python3-paramiko',
}

process.chdir(root)
const inCi = Boolean(process.env.CI)
const ensurePrograms = () => ensurePackages(PACKAGES)
for (const setUp of [ensureNodeModules, ensureDist, ensurePrograms, ensureEngine, ensureImage]) {
  try {
    await setUp()
  } catch (error) {
    say(error.message)
    // Elsewhere the tests that need it are skipped, and say so.
    if (inCi || setUp === ensureNodeModules || setUp === ensureDist) process.exit(1)
  }
}

const scripts = readdirSync('sshd-image', { recursive: true }).filter((name) => name.endsWith('.sh'))
const checks = [
  ['lint', 'node_modules/.bin/biome', ['check', '--error-on-warnings', '.']],
  ['types', 'node_modules/.bin/tsc', ['--noEmit']],
  ['shellcheck', 'shellcheck', ['--shell=sh', ...scripts.map((name) => `sshd-image/${name}`)]],
]
let passed = 0
let failed = 0
for (const [name, program, args] of checks) {
  process.stdout.write(`\n== ${name}\n`)
  const { status } = spawnSync(program, args, { stdio: 'inherit' })
  if (status === 0) passed++
  else failed++
}

process.stdout.write('\n== vitest\n')
const { status, counts } = runVitest(process.argv.slice(2))
passed += counts.passed
failed += counts.failed || (status === 0 ? 0 : 1)
process.stdout.write(
  `\n${passed} passed, ${failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}\n`,
)
process.exit(failed === 0 ? 0 : 1)

function runVitest(words) {
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
  const report = join(directory, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { status } = spawnSync('node_modules/.bin/vitest', ['run', ...reporters, ...words], {
      stdio: 'inherit',
    })
    return { status, counts: readCounts(report) }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
