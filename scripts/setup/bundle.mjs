import { root } from './root.mjs'

/**
 * What esbuild makes dist/ with. ssh2 is CommonJS with an optional native part and cannot be bundled into ES modules.
 * @type {import('esbuild').BuildOptions}
 */
export const options = {
  absWorkingDir: root,
  entryPoints: { 'fargate-login': 'cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  // Splitting keeps `import()` lazy; test/commands/loads.test.ts says what `--help` must not load.
  splitting: true,
  format: 'esm',
  platform: 'node',
  // Of ES modules, only the used parts are bundled. That saves a third of the AWS SDK's start.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  external: ['ssh2'],
  minifySyntax: true,
  legalComments: 'linked',
  // What is CommonJS in the bundle requires Node's own modules only, and createRequire() takes milliseconds a file.
  banner: { js: 'const require = process.getBuiltinModule;' },
  logLevel: 'warning',
}
