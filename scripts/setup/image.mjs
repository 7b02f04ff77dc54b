import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'
import { say } from './say.mjs'

/**
 * Builds the sshd image with this machine's engine, unless it is there: once, ahead of the tests, which would do it
 * each for themselves. The code for it is the local ECS's own.
 */
export async function ensureImage() {
  const { build } = await import('esbuild')
  const outfile = `${root}node_modules/.cache/fargate-login/prepare-engine.mjs`
  await build({
    entryPoints: [`${root}local-ecs/runners/container/engine/prepare-engine.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  })
  const { prepareEngine } = await import(pathToFileURL(outfile).href)
  await prepareEngine({ imageDirectory: `${root}sshd-image`, log: say })
}
