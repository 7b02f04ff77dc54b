import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { IMAGE_DIRECTORY, runTaskInput } from './start.ts'

/** Runs a task, waits until its sshd logs, prints the task's process ID, and ends with its input as if nothing ran. */
const PROGRAM = `
import { startLocalEcs } from './local-ecs.ts'
let listens
const listening = new Promise((resolve) => (listens = resolve))
const log = (line) => line.includes('listening on') && listens()
const ecs = await startLocalEcs({ imageDirectory: process.argv[2], runner: 'process', verbose: true, log })
await fetch(ecs.endpointUrl, {
  method: 'POST',
  headers: { authorization: 'x', 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.RunTask' },
  body: process.argv[3],
})
await listening
process.stdout.write(ecs.tasks[0].runtimeIds[0])
process.stdin.resume().once('end', () => process.exit())
`

it.runIf(process.platform === 'linux')(
  'a program that ends without taking its local ECS down leaves no task and no key',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'fargate-login-test-'))
    const outfile = join(directory, 'program.mjs')
    const resolveDir = fileURLToPath(new URL('../../local-ecs', import.meta.url))
    const stdin = { contents: PROGRAM, resolveDir, loader: 'ts' } as const
    await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm' })

    const args = [outfile, IMAGE_DIRECTORY, JSON.stringify(runTaskInput())]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const pid = Number(await firstLine(child.stdout))
    // The task's own process: it says where its keys are.
    const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0')
    const keys = environment.find((entry) => entry.startsWith('private='))?.slice('private='.length) ?? ''
    await access(join(keys, 'host_key'))

    child.stdin.end()
    await once(child, 'exit')
    await expect.poll(() => access(keys).catch(() => 'gone'), { timeout: 10_000 }).toBe('gone')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
    await rm(directory, { recursive: true })
  },
)

async function firstLine(stream: Readable): Promise<string> {
  const [data] = await once(stream, 'data')
  return String(data)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
