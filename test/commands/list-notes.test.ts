import { expect, it } from 'vitest'
import { noteWhatToDo } from '../../cli/commands/actions/list-notes.ts'
import type { SessionTask } from '../../cli/core/task/listed-task.ts'
import { fakePorts } from '../helpers/fake-ports.ts'
import { DETACHED } from '../helpers/noted.ts'
import { TASK } from '../helpers/values.ts'

const SHOWN: SessionTask = {
  ...TASK,
  session: DETACHED.session,
  mine: true,
  taskDefinition: 'web:42',
  centsPerHour: undefined,
}

async function notesOf(hasKey: boolean, json = false): Promise<readonly string[]> {
  const { ports, log } = fakePorts()
  const live = {
    tasks: [SHOWN],
    foreign: [],
    elsewhere: [],
    detached: [{ entry: DETACHED, owner: 'dead' as const }],
    kept: [],
    leftBehind: [],
    gone: [],
  }
  const journal = { ...ports.journal, hasKey: async () => hasKey }
  await noteWhatToDo({ shown: [SHOWN], live, cluster: 'default', json }, { ...ports, journal })
  return log
}

it('list says how to return to a detached session, and how to stop', async () => {
  expect(await notesOf(true)).toEqual([
    'note: Return to a detached session with:\nfargate-login attach abcdefghijkl',
    'note: Stop a session with:\nfargate-login stop abcdefghijkl --cluster default',
  ])
})

it('list recommends no return to a session whose key is gone', async () => {
  const notes = (await notesOf(false)).join('\n')
  expect(notes).not.toContain('attach')
  expect(notes).toContain('The key of session abcdefghijkl is gone')
})

it('list says nothing of that with --json', async () => {
  expect(await notesOf(true, true)).toEqual([])
})
