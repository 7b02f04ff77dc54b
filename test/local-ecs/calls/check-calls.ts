import { describe, expect, it } from 'vitest'
import { type Call, nameOf, type Result } from './call.ts'
import { CHANGING_CALLS } from './changing.ts'
import { READING_CALLS } from './reading.ts'
import { REGISTRATION_CALLS } from './registration.ts'
import { RUN_TASK_CALLS } from './run-task.ts'

const ALL: readonly Call[] = [...REGISTRATION_CALLS, ...RUN_TASK_CALLS, ...READING_CALLS, ...CHANGING_CALLS]

/** The calls that a client can send, in order. */
export function callsOf(client: 'recent' | 'old'): readonly Call[] {
  return ALL.filter(({ isRecent }) => client === 'recent' || !isRecent)
}

/** One test a call. @param results those of all calls, once the tests run */
export function checkCalls(client: string, calls: readonly Call[], results: () => readonly Result[]): void {
  describe(client, () => {
    for (const [index, call] of calls.entries()) {
      it(nameOf(call), () => {
        const { outcome } = call
        expect(results()[index]).toMatchObject(
          'answer' in outcome
            ? { answer: outcome.answer }
            : { error: outcome.error, message: expect.stringMatching(outcome.message) },
        )
      })
    }
  })
}
