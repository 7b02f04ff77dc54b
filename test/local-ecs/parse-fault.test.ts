import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FAULT_ROWS, faultMistake, parseFault } from '../../local-ecs/faults/parse-fault.ts'
import { ALL_OPERATIONS } from '../../local-ecs/operations/operation-names.ts'

const DOCS = readFileSync('docs/local.md', 'utf8')

it.each([
  ['RunTask=hang', { operation: 'RunTask', connection: 'hang' }],
  ['RunTask=answer-withheld', { operation: 'RunTask', connection: 'answer-withheld' }],
  [
    'DescribeTasks=ThrottlingException*3',
    { operation: 'DescribeTasks', error: 'ThrottlingException', times: 3 },
  ],
  ['StopTask=500*2', { operation: 'StopTask', status: 500, times: 2 }],
  ['RunTask=failure:RESOURCE:MEMORY', { operation: 'RunTask', failure: 'RESOURCE:MEMORY' }],
  ['DescribeTasks=after:2000', { operation: 'DescribeTasks', answerAfter: 2000 }],
  ['task=cannot-pull', { task: 'cannot-pull' }],
  ['task=no-host-ports', { task: 'no-host-ports' }],
  ['task=slow:PENDING:5000', { task: 'slow', state: 'PENDING', delay: 5000 }],
  ['task=stops:5000*1', { task: 'stops', after: 5000, times: 1 }],
])('%s is a fault', (text, fault) => {
  expect(parseFault(text)).toEqual(fault)
})

it.each([
  '',
  'RunTask',
  'RunTask=',
  'RunTask=nonsense',
  'RunTask=hang*0',
  'task=stops',
  'task=stops:x',
  'task=cannot-pull:x',
  'task=slow:RUNNING:1',
  'task=toString',
  'x=after:y',
  'Run=500',
  'RunTask=501',
  'RunTask=99',
  'StopTask=failure:MISSING',
])('%j is not a fault', (text) => {
  expect(parseFault(text)).toBeUndefined()
})

it.each([
  ['Run=500', 'The local ECS has no operation Run. Did you mean RunTask?'],
  ['runtask=hang', 'The local ECS has no operation runtask. Did you mean RunTask?'],
  ['Fly=hang', 'The local ECS has no operation Fly. docs/local.md lists them.'],
  ['RunTask=501', 'AWS does not answer with status 501. Use 500 or 503.'],
  [
    'StopTask=failure:MISSING',
    'The answer of StopTask has no failures. Use an exception, such as StopTask=ServerException.',
  ],
  ['task=sleeps', 'Expected OPERATION=WHAT or task=WHAT, with an optional *TIMES; see docs/local.md.'],
])('%s is refused in words that help', (text, mistake) => {
  expect(parseFault(text)).toBeUndefined()
  expect(faultMistake(text)).toBe(mistake)
})

it.each(ALL_OPERATIONS)('%s can fail, and is in docs/local.md', (operation) => {
  expect(parseFault(`${operation}=500`)).toEqual({ operation, status: 500 })
  expect(DOCS).toContain(`\`${operation}\``)
})

it.each(FAULT_ROWS)('%s is in docs/local.md, and is a fault', (example, effect) => {
  expect(DOCS).toContain(`| \`${example}\` | ${effect} |\n`)
  expect(parseFault(example)).toBeDefined()
})

it('docs/local.md has no fault that does not exist', () => {
  const rows = DOCS.split('## Faults')[1]?.match(/^\| `.+=.+` \|/gm)
  expect(rows).toHaveLength(FAULT_ROWS.length)
})
