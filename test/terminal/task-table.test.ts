import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { SessionTask } from '../../cli/core/task/listed-task.ts'
import { glyphsFor } from '../../cli/terminal/glyphs.ts'
import { taskTable } from '../../cli/terminal/task-table.ts'
import { TASK } from '../helpers/values.ts'

const NOW = new Date('2026-11-26T12:00:00.000Z')
const ID = '4f0c2b9e8d7a41c6b5e3f20918a7c6d5'

function session(name: string, more: Partial<SessionTask> = {}): SessionTask {
  return {
    ...TASK,
    arn: `arn:aws:ecs:eu-west-1:123456789012:task/production/${ID}`,
    session: name,
    mine: true,
    owner: 'arn:aws:sts::123456789012:assumed-role/Developer/alice',
    lastStatus: 'RUNNING',
    createdAt: new Date('2026-11-26T11:47:56.000Z'),
    taskDefinition: 'web:42',
    container: 'app',
    centsPerHour: 1.73425,
    ...more,
  }
}

const TASKS = [
  session('qk3vw5t2ahdm'),
  session('abcdefghijkl', {
    taskDefinition: 'a-family-with-a-long-name-as-people-have-them-fargate-login:1234',
    lastStatus: 'DEPROVISIONING',
    createdAt: new Date('2026-11-23T09:00:00.000Z'),
  }),
]
const KEPT = new Map([
  ['qk3vw5t2ahdm', 'detached'],
  ['abcdefghijkl', 'kept until 14:05'],
])

function show(more: Partial<Parameters<typeof taskTable>[1]>): readonly string[] {
  const text = taskTable(TASKS, {
    withOwner: false,
    kept: KEPT,
    colours: picocolors.createColors(false),
    glyphs: glyphsFor({ LANG: 'C.UTF-8' }),
    now: NOW,
    ...more,
  })
  return text.trimEnd().split('\n')
}

describe('the table of sessions', () => {
  it('fits 80 columns, with what becomes of each session', () => {
    expect(show({ columns: 80 })).toEqual([
      'ID            WHAT            STATUS          AGE      COST     KEPT',
      'qk3vw5t2ahdm  web:42/app      RUNNING         12 min   $0.0035  detached',
      'abcdefghijkl  a-family-wit…   DEPROVISIONING  3 d 3 h  $1.30    kept until 14:05',
    ])
    for (const line of show({ columns: 80, withOwner: true })) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('is whole in a pipe', () => {
    expect(show({})[2]).toContain('a-family-with-a-long-name-as-people-have-them-fargate-login:1234/app')
    expect(show({}).join('\n')).not.toContain(ID)
  })

  it('has the ID of the task on a wide terminal, and with --verbose', () => {
    expect(show({ columns: 119 }).join('\n')).not.toContain(ID)
    const wide = show({ columns: 120 })
    expect(wide[0]).toMatch(/^ID +TASK +WHAT/)
    expect(wide[1]).toContain(`qk3vw5t2ahdm  ${ID}  web:42`)
    for (const line of wide) expect(line.length).toBeLessThanOrEqual(120)
    expect(show({ verbose: true })[1]).toContain(ID)
  })

  it('lines up names with wide characters', () => {
    const text = taskTable([session('qk3vw5t2ahdm', { container: '日本' }), session('abcdefghijkl')], {
      withOwner: false,
      kept: KEPT,
      colours: picocolors.createColors(false),
      glyphs: glyphsFor({ LANG: 'C.UTF-8' }),
      now: NOW,
    })
    expect(text).toContain('web:42/日本  RUNNING')
    expect(text).toContain('web:42/app   RUNNING')
  })
})
