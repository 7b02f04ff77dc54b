// Bundles cli/ and local-ecs/ into dist/. ssh2 stays a real dependency.
import { rename, rm } from 'node:fs/promises'
import { build } from 'esbuild'
import { options } from './setup/bundle.mjs'
import { root } from './setup/root.mjs'

// Built elsewhere, then swapped in: a process that still runs the old one is not left with half of it.
const fresh = `${root}dist-${process.pid}`
await build({ ...options, outdir: fresh })
await rm(`${root}dist`, { recursive: true, force: true })
await rename(fresh, `${root}dist`)
