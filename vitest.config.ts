import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The SDK's notice on Node 20 is not ours to repeat in every worker.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    globalSetup: ['test/helpers/build.ts'],
    // Real sshd's, containers and PTYs: generous limits, few at a time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    // Of tests that are marked as concurrent.
    maxConcurrency: 10,
  },
})
