// Bundles cli/ into dist/. ssh2 stays a real dependency: it is CommonJS with an optional native part
// and cannot be bundled into ES modules.
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

await rm(`${root}dist`, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { 'fargate-login': 'cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  // Splitting keeps `import()` lazy: `--help` loads neither the AWS SDK nor SSH.
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
