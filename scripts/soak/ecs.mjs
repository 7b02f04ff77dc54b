import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { root } from '../setup/root.mjs'

/** Starts the local ECS in a process of its own. @returns its environment for clients, and `ask` */
export async function startEcs(directory) {
  const bundle = join(directory, 'local-ecs.mjs')
  await build({
    absWorkingDir: root,
    entryPoints: ['local-ecs/local-ecs.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  const child = fork(
    fileURLToPath(new URL('serve.mjs', import.meta.url)),
    [bundle, join(root, 'sshd-image')],
    {
      execArgv: ['--expose-gc'],
    },
  )
  const waiting = new Map()
  child.on('message', ({ id, answer }) => waiting.get(id)?.(answer))
  const answerTo = (id) => new Promise((resolve) => waiting.set(id, resolve))
  const environment = await Promise.race([
    answerTo(0),
    once(child, 'exit').then(() => {
      throw new Error('the local ECS did not start')
    }),
  ])
  let last = 0
  return {
    pid: child.pid,
    environment,
    ask(kind, more = {}) {
      const id = ++last
      const answer = answerTo(id)
      child.send({ id, kind, ...more })
      return answer
    },
    async close() {
      await this.ask('close')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
