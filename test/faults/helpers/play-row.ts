import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { startEcs, type TestEcs } from '../../helpers/ecs.ts'
import type { Arrangement, Bounds, Expectation, Fate, Row } from '../row.ts'
import { type Client, type Ended, startClient, startClientOnTerminal } from './client.ts'
import { makeImage } from './image.ts'
import { keysLeft } from './keys-left.ts'
import { masked } from './masked.ts'
import { watchPrivateDirectories } from './private-directories.ts'
import { shownErrors } from './shown-errors.ts'

/** Seconds. */
const LINGER = 2
const CONNECT_GRACE = 3
/** Where it is not what ends the task, the client may take its time. */
const LONG = 60
/** Milliseconds beyond the bound of a task, for a machine that is busy. */
const SLACK = 20_000

/**
 * Lets the fault happen to a real client and a real task, and looks at everything that the row promises.
 * @returns the first line of the error that was shown, with masked IDs
 */
export async function playRow({ arrange = {}, act, expect: expected }: Row): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'fargate-login-fault-'))
  try {
    const { faults, delays, runner } = arrange
    const imageDirectory = await makeImage(arrange.image, directory)
    await using ecs = await startEcs({ imageDirectory, faults, delays, ...(runner && { runner }) })
    using lookout = watchPrivateDirectories(ecs.ecs)
    await arrange.make?.({ ecs, directory })
    const grace = expected.task === 'ends after its connect grace' ? CONNECT_GRACE : LONG
    const linger = expected.task === 'ends after its linger' ? LINGER : LONG
    // Without a terminal, only -v shows the progress that the row waits for.
    const shown = act && !arrange.terminal ? ['-v'] : []
    const options = [...shown, ...(arrange.options ?? [])]
    await using client = await start(
      { ...arrange, options },
      {
        ecs,
        directory,
        bounds: { LINGER: linger, CONNECT_GRACE: grace, ...arrange.bounds },
      },
    )
    const context = {
      ...{ ecs, client, directory, until },
      signalTask: (signal: NodeJS.Signals) =>
        void process.kill(Number(ecs.ecs.tasks[0]?.runtimeIds[0]), signal),
    }
    await act?.(context)
    const message = checkEnd(await client.ended, expected)
    await checkTask(ecs, expected.task)
    expect(await keysLeft(directory), 'files with a key').toEqual([])
    await until('the private directories are gone', () => lookout.left().length === 0)
    return message
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

interface TaskEnvironmentInput {
  readonly ecs: TestEcs
  readonly directory: string
  readonly bounds: Bounds
}

async function start(
  arrange: Arrangement,
  { ecs, directory, bounds }: TaskEnvironmentInput,
): Promise<Client> {
  const { options = [], command = ['true'], terminal, streams } = arrange
  const own = { TMPDIR: join(directory, 'tmp'), XDG_STATE_HOME: join(directory, 'state'), HOME: directory }
  await mkdir(own.TMPDIR)
  await mkdir(own.XDG_STATE_HOME)
  const limits = Object.entries(bounds).flatMap(([name, value]) => ['-e', `FARGATE_LOGIN_${name}=${value}`])
  const args = ['exec', ...(terminal ? ['-t'] : []), ...limits, ...options, '--', ...command]
  const variables = { ...ecs.variables, ...own, ...arrange.variables?.(directory) }
  const order = { args, variables, ...(streams !== undefined && { streams }) }
  return terminal ? startClientOnTerminal(order) : startClient(order)
}

/** @returns the first line of the error that was shown, with masked IDs */
function checkEnd({ status, stdout, stderr }: Ended, expected: Expectation): string | undefined {
  const errors = shownErrors(stderr)
  const seen = {
    status,
    codes: errors.map(({ code }) => code),
    stderr,
  }
  const { code, also } = expected
  const codes = [code, also].filter((one) => one !== undefined)
  expect(seen).toEqual({ status: expected.status, codes, stderr })
  // A cancel needs no next action: the task is stopped.
  if (code !== undefined && code !== 'cancelled' && !expected.hint)
    throw new Error('The row expects no hint.')
  if (expected.hint) expect(errors[0]?.hint).toMatch(expected.hint)
  if (also !== undefined) expect(errors[1]?.hint).toMatch(/\S/)
  if (expected.says) expect(stderr).toMatch(expected.says)
  if (expected.stdout !== undefined) expect(stdout).toBe(expected.stdout)
  expect(stderr).not.toMatch(/\n {4}at |PRIVATE KEY/)
  return errors[0] && masked(errors[0].firstLine)
}

async function checkTask(ecs: TestEcs, fate: Fate): Promise<void> {
  ecs.ecs.faults.clear()
  const tasks = await ecs.tasks()
  if (fate === 'none is started') {
    expect(tasks).toEqual([])
    return
  }
  expect(tasks).toHaveLength(1)
  const ordered = tasks.every(({ desiredStatus }) => desiredStatus === 'STOPPED')
  if (fate === 'stopped by the client') {
    expect(ordered, 'the task is told to stop by the time the client ends').toBe(true)
    expect(tasks[0]?.stoppedReason).toMatch(/^fargate-login session \w+ ended$/)
  }
  await until('no task is alive', () => ecs.ecs.tasks.length === 0)
  const [task] = await ecs.tasks()
  if (/^ends after/.test(fate)) expect(task?.stoppedReason).toBe('Essential container in task exited')
}

/** Looks again and again, since what is waited for sends no event. */
async function until(what: string, sees: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + CONNECT_GRACE * 1000 + SLACK
  while (!(await sees())) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${what}`)
    await setTimeout(20)
  }
}
