// Bundles cli/ and local-ecs/ into dist/. ssh2 stays a real dependency: it is CommonJS with an optional native part
// and cannot be bundled into ES modules.
import { rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

// Built beside, then swapped in: whoever runs the old one meanwhile is not left with half of it.
const fresh = `${root}dist-${process.pid}`
await build({
  absWorkingDir: root,
  entryPoints: { 'fargate-login': 'cli/main.ts' },
  outdir: fresh,
  bundle: true,
  // Splitting keeps `import()` lazy: `--help` loads neither the AWS SDK, nor SSH, nor the local ECS.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['ssh2'],
  minifySyntax: true,
  legalComments: 'linked',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
await rm(`${root}dist`, { recursive: true, force: true })
await rename(fresh, `${root}dist`)
