import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openUp } from '../../cli/files/open-up.ts'

/** A folder for one test. */
export interface TestFolder extends AsyncDisposable {
  readonly path: string
  file(...parts: readonly string[]): string
}

export async function testFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'fargate-login-test-'))
  return {
    path,
    file: (...parts) => join(path, ...parts),
    async [Symbol.asyncDispose]() {
      await openUp(path)
      await rm(path, { recursive: true, force: true })
    },
  }
}
