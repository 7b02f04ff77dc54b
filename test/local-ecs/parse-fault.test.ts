import { expect, it } from 'vitest'
import { parseFault } from '../../local-ecs/faults/parse-fault.ts'

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
  'x=after:y',
])('%s is none', (text) => {
  expect(parseFault(text)).toBeUndefined()
})
