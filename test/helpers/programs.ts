import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { TestFolder } from './folder.ts'

/** Programs that stand before the real ones in the PATH of a task. */
export interface Programs {
  /** Options of the CLI that put them there. */
  readonly options: readonly string[]
  /** The arguments of each call so far, a line each. */
  calls(name: string): readonly string[]
}

/**
 * Makes programs in sh. In each, `real` is the real program, and `once` succeeds once, in a session, and `cut` ends
 * the server's side of the connection, as a broken network does.
 * @param scripts by name; `"$@"` are the arguments
 */
export function makePrograms(dir: TestFolder, scripts: Readonly<Record<string, string>>): Programs {
  mkdirSync(dir.file('bin'))
  for (const [name, script] of Object.entries(scripts)) {
    const lines = [
      '#!/bin/sh',
      `echo "$@" >>'${dir.file('bin', name)}.calls'`,
      `real() { '/usr/bin/${name}' "$@"; }`,
      `once() { [ -n "$SSH_CONNECTION" ] && mkdir '${dir.file('bin', name)}.once' 2>/dev/null; }`,
      'cut() { kill -9 $PPID; sleep 60; }',
      script,
    ]
    writeFileSync(dir.file('bin', name), `${lines.join('\n')}\n`)
    chmodSync(dir.file('bin', name), 0o755)
  }
  return {
    options: ['-e', `PATH=${dir.file('bin')}:${process.env.PATH}`],
    calls: (name) =>
      readFileSync(dir.file('bin', `${name}.calls`), 'utf8')
        .split('\n')
        .slice(0, -1),
  }
}
