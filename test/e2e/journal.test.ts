import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../cli/core/journal/journal-entry.ts'
import { runCli, startCli } from '../helpers/cli.ts'
import { startEcs } from '../helpers/ecs.ts'
import { leaveBehind } from '../helpers/sessions.ts'
import { makeState } from '../helpers/state.ts'

describe('the journal', () => {
  it('notes a session while its task may run, for its user only, without secrets', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables, FARGATE_LOGIN_TIMEOUT: '299' }
    const words = ['exec', '-v', '-e', 'PASSWORD=hunter2', '--', 'sh', '-c', 'read line']
    const { child, finished, said } = startCli(words, variables)
    await said(/Connected as .*verified/)
    const [entry] = state.entries()
    const [task] = await ecs.tasks()
    expect(entry).toEqual({
      version: 2,
      session: expect.stringMatching(/^[a-z2-7]{12}$/),
      owner: expect.objectContaining({ pid: child.pid, host: hostname() }),
      createdAt: expect.stringMatching(/Z$/),
      access: { region: 'us-east-1', endpointUrl: ecs.ecs.endpointUrl },
      account: '000000000000',
      cluster: 'default',
      startedBy: `fargate-login/${entry?.session}`,
      clientToken: `fargate-login-${entry?.session}`,
      taskArn: task?.taskArn,
    })
    expect(statSync(state.directory).mode & 0o777).toBe(0o700)
    expect(statSync(join(state.directory, `${entry?.session}.json`)).mode & 0o777).toBe(0o600)
    expect(JSON.stringify(entry)).not.toMatch(/hunter2|ssh-|PRIVATE/)
    child.stdin.end('over\n')
    expect((await finished).status).toBe(0)
    expect(state.entries()).toEqual([])
  })

  it('is asked for nothing and told nothing with --local', async () => {
    using state = makeState()
    const { status } = await runCli(['exec', '--local', '--', 'true'], state.variables)
    expect(status).toBe(0)
    expect(existsSync(state.directory)).toBe(false)
  })

  it('forgets a session whose RunTask is refused', async () => {
    await using ecs = await startEcs({ faults: [{ operation: 'RunTask', error: 'AccessDeniedException' }] })
    using state = makeState()
    const { status } = await runCli(['exec', '--', 'true'], { ...ecs.variables, ...state.variables })
    expect(status).toBe(255)
    expect(state.entries()).toEqual([])
  })

  it('keeps a session whose RunTask never answers, and finds its task without an ARN', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    await leaveBehind(variables)
    const [entry] = state.entries()
    const { taskArn: _, ...lost } = entry as JournalEntry
    state.write(`${lost.session}.json`, lost)
    const { status, stderr } = await runCli(['stop', '-v', '--dead'], variables)
    expect(stderr).toMatch(/Stopped session \w+ after/)
    expect(status).toBe(0)
    expect(state.entries()).toEqual([])
    expect((await ecs.tasks()).map(({ desiredStatus }) => desiredStatus)).toEqual(['STOPPED'])
  })

  it('keeps the note of an intent when no answer comes', async () => {
    await using ecs = await startEcs({ faults: [{ operation: 'RunTask', connection: 'hang' }] })
    using state = makeState()
    const { child, finished, said } = startCli(['exec', '-v', '--', 'true'], {
      ...ecs.variables,
      ...state.variables,
    })
    await said(/Starting /)
    child.kill('SIGINT')
    await finished
    expect(state.entries()).toMatchObject([{ cluster: 'default' }])
    expect(state.entries()[0]).not.toHaveProperty('taskArn')
  })

  it.each([
    ['ECS lists no task', []],
    ['ECS may not be asked', [{ operation: 'ListTasks', error: 'AccessDeniedException' }]],
  ])('says of a launch that got HTTP 500 only that it was not answered, where %s', async (_, faults) => {
    await using ecs = await startEcs({ faults: [{ operation: 'RunTask', status: 500 }, ...faults] })
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    expect((await runCli(['exec', '--timeout', '2', '--', 'true'], variables)).status).toBe(255)
    expect(state.entries()).toMatchObject([{ unconfirmed: 'launch' }])
    ecs.ecs.faults.clear()
    const { stderr } = await runCli(['list'], variables)
    expect(stderr).toMatch(/was left behind: RunTask did not answer/)
    expect(stderr).not.toMatch(/its process ended/)
  })

  it('keeps a session whose stop could not be confirmed', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    ecs.ecs.faults.add({ operation: 'StopTask', error: 'AccessDeniedException' })
    const { status } = await runCli(['exec', '--', 'true'], { ...ecs.variables, ...state.variables })
    expect(status).toBe(255)
    expect(state.entries()).toMatchObject([{ taskArn: expect.stringContaining(':task/') }])
  })

  it('is missed with one warning where it cannot be written', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    // A file where the directory should be stops root, too, whom permissions do not.
    writeFileSync(join(state.home, 'fargate-login'), '')
    const { status, stderr } = await runCli(['exec', '--', 'true'], { ...ecs.variables, ...state.variables })
    expect(status).toBe(0)
    expect(stderr.match(/warning:/g)).toHaveLength(1)
    expect(stderr).toContain('Could not write the session journal')
  })

  it.skipIf(process.getuid?.() === 0)('is missed with one warning in a read-only directory', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    chmodSync(state.home, 0o500)
    const { status, stderr } = await runCli(['exec', '--', 'true'], { ...ecs.variables, ...state.variables })
    chmodSync(state.home, 0o700)
    expect(status).toBe(0)
    expect(stderr.match(/warning:/g)).toHaveLength(1)
  })

  it('that cannot be read is not said to be empty', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    writeFileSync(join(state.home, 'fargate-login'), '')
    const variables = { ...ecs.variables, ...state.variables }
    for (const args of [
      ['stop', '--dead'],
      ['attach', 'abcd'],
    ]) {
      const { status, stderr } = await runCli(args, variables)
      expect(stderr).toMatch(/The session journal cannot be read: .*ENOTDIR.* \[journal-unreadable\]\n {2}\S/)
      expect(status).toBe(255)
    }
    for (const args of [['list'], ['stop', '--mine']]) {
      const { status, stderr } = await runCli(args, variables)
      expect(stderr.match(/warning: The session journal cannot be read/g)).toHaveLength(1)
      expect(status).toBe(0)
    }
    const detached = await runCli(['exec', '--detach', '--', 'true'], variables)
    expect(detached.stderr).toMatch(/\[journal-unwritable\]\n {2}\S/)
    expect(detached.status).toBe(255)
    expect(await ecs.tasks()).toEqual([])
  })

  it('passes over what it cannot read, and leaves it', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    state.write('damaged.json', '{"version": 1, "sess')
    state.write('later.json', { version: 3 })
    mkdirSync(join(state.directory, 'directory.json'))
    const { status, stderr } = await runCli(['exec', '-v', '--', 'true'], {
      ...ecs.variables,
      ...state.variables,
    })
    expect(status).toBe(0)
    expect(stderr.match(/warning: Skipped /g)).toHaveLength(3)
    expect(stderr).toMatch(/warning: Skipped .*damaged\.json: it is not an entry/)
    expect(existsSync(join(state.directory, 'damaged.json'))).toBe(true)
  })
})

describe('a killed process', () => {
  it('is noticed by the next command, and stop --dead stops what it left', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    await leaveBehind(variables)
    const [entry] = state.entries()
    const next = await runCli(['exec', '--', 'true'], variables)
    expect(next.status).toBe(0)
    expect(next.stderr).toMatch(
      new RegExp(
        `warning: Session ${entry?.session} .* Stop it with:\n {2}fargate-login stop ${entry?.session}\n`,
      ),
    )
    const quiet = await runCli(['exec', '-q', '--', 'true'], variables)
    expect(quiet.stderr).toBe('')
    const { status, stderr, stdout } = await runCli(['stop', '-v', '--dead'], variables)
    expect(stderr).toMatch(/Stopped session \w{12} after [\d.]+ s, about \$0\.0\d+/)
    expect(stdout).toBe('')
    expect(status).toBe(0)
    expect(state.entries()).toEqual([])
    expect((await ecs.tasks()).every(({ desiredStatus }) => desiredStatus === 'STOPPED')).toBe(true)
    const again = await runCli(['stop', '-v', '--dead'], variables)
    expect(again).toMatchObject({ status: 0, stderr: expect.stringContaining('No session was left behind') })
  })

  it('of which no task is left is forgotten silently', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    await leaveBehind(variables)
    const elsewhere = await runCli(['stop', '--mine'], ecs.variables)
    expect(elsewhere.status).toBe(0)
    expect(state.entries()).toHaveLength(1)
    const { status, stderr } = await runCli(['stop', '--dead'], variables)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(state.entries()).toEqual([])
  })

  it('is not taken for another with the same pid, host by host', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    await leaveBehind(variables)
    const [entry] = state.entries() as [JournalEntry]
    const warns = async (owner: Partial<JournalEntry['owner']>) => {
      state.write(`${entry.session}.json`, { ...entry, owner: { ...entry.owner, ...owner } })
      return (await runCli(['plan'], variables)).stderr.includes('was left behind')
    }
    expect(await warns({ pid: process.pid })).toBe(true)
    expect(await warns({ host: 'another', bootId: 'another' })).toBe(false)
    expect(await warns({ bootId: 'earlier' })).toBe(true)
    await runCli(['stop', entry.session], variables)
  })

  it('keeps its note where the credentials are of another account', async () => {
    await using ecs = await startEcs()
    using state = makeState()
    const variables = { ...ecs.variables, ...state.variables }
    await leaveBehind(variables)
    const [entry] = state.entries() as [JournalEntry]
    const taskArn = `${entry.taskArn?.slice(0, -4)}0000`
    state.write(`${entry.session}.json`, { ...entry, account: '123456789012', taskArn })
    const { status, stderr } = await runCli(['stop', '--dead'], variables)
    expect(status).toBe(255)
    expect(stderr).toContain('belongs to account 123456789012')
    expect(state.entries()).toHaveLength(1)
  })

  it('of an embedded ECS that has ended is forgotten', async () => {
    using state = makeState()
    let variables: Record<string, string> = {}
    {
      await using ecs = await startEcs()
      variables = { ...ecs.variables, ...state.variables }
      await leaveBehind(variables)
    }
    expect(state.entries()).toHaveLength(1)
    expect(await runCli(['stop', '--dead'], variables)).toMatchObject({ status: 0, stderr: '' })
    expect(state.entries()).toEqual([])
  })
})
