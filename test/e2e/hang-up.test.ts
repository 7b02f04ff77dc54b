import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLI, onTerminal } from '../helpers/cli.ts'

/** Passes a hang-up on, as a shell does, outlives the terminal, and writes down how the program ended. */
const SHELL = `
  const [file, ...args] = process.argv.slice(1)
  const program = require('node:child_process').spawn(process.execPath, args, { stdio: 'inherit' })
  program.on('exit', (code, signal) => require('node:fs').writeFileSync(file, String(signal ?? code)))
  process.on('SIGHUP', () => program.kill('SIGHUP'))
`

describe('a terminal that is closed', () => {
  it('ends a command that never read from it by the hang-up, not by an abort', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fargate-login-test-'))
    const file = join(directory, 'end')
    const terminal = onTerminal(process.execPath, ['-e', SHELL, file, CLI, 'local', '--runner', 'process'])
    await terminal.shows(/embedded ECS is at http/)
    const written = untilWritten(directory, file)
    ;(terminal.pty as unknown as { destroy(): void }).destroy()
    await written
    expect(readFileSync(file, 'utf8')).toBe('SIGHUP')
    rmSync(directory, { recursive: true })
  })
})

/** The file is there a moment before its content. */
async function untilWritten(directory: string, file: string): Promise<void> {
  for await (const _ of watch(directory)) if (existsSync(file) && readFileSync(file).length > 0) return
}
