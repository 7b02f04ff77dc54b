import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePackages, hasProgram } from './packages.mjs'
import { run, works } from './run.mjs'
import { say } from './say.mjs'

const BASE_IMAGE = 'docker.io/library/debian:trixie-slim'

/** @returns the container engine that answers, or undefined; a client without its engine does not count */
export function workingEngine() {
  return ['docker', 'podman'].find((engine) => hasProgram(engine) && works(engine, ['info']))
}

/** A container engine for the tests, and the base image of sshd-image/Dockerfile. */
export function ensureEngine() {
  if (!workingEngine()) ensurePackages({ podman: 'podman', runc: 'runc' })
  const engine = workingEngine()
  if (!engine) throw new Error('No container engine works here. Start Docker, or install podman and runc.')
  if (!works(engine, ['image', 'inspect', BASE_IMAGE])) getBaseImage(engine)
}

/** From the registry; where that cannot be reached, made from Debian's packages, which is how it is made there. */
function getBaseImage(engine) {
  say(`${engine} pull ${BASE_IMAGE}`)
  if (works(engine, ['pull', BASE_IMAGE], { timeout: 300_000 })) return
  say(`no registry answers; making ${BASE_IMAGE} with mmdebstrap`)
  ensurePackages({ mmdebstrap: 'mmdebstrap' })
  const directory = mkdtempSync(join(tmpdir(), 'fargate-login-base-'))
  try {
    const archive = join(directory, 'base.tar')
    run('mmdebstrap', ['--quiet', '--variant=minbase', 'trixie', archive])
    run(engine, ['import', archive, BASE_IMAGE])
  } finally {
    rmSync(directory, { recursive: true })
  }
}
