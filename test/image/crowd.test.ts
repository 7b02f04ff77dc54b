import { afterAll, describe, expect, test } from 'vitest'
import { engineForTests } from '../helpers/container.ts'
import { makeKeys } from './helpers/keys.ts'
import { startServer } from './helpers/server.ts'

const client = await engineForTests()
/** Seconds. */
const LIFETIME = 8
/** Seconds that the end may take. */
const PROMPT = 10
/** What takes the whole processor is slow to be ended where other tests want it, too; alone it takes about six. */
const CROWDED = 40

describe.runIf(client)("the end of the image, whatever the sessions' processes do", () => {
  const keys = makeKeys()
  afterAll(() => keys[Symbol.dispose]())

  test.each([
    ['ignore both signals', PROMPT, 'trap "" HUP TERM; while :; do sleep 0.1; done'],
    ['are stopped', PROMPT, '(trap "" HUP TERM; kill -STOP $$) & sleep 1000 & kill -STOP $!; wait'],
    ['fork on and on', PROMPT, 'trap "" HUP TERM; while :; do setsid sleep 1000 & sleep 0.02; done'],
    [
      'multiply, and ignore both signals',
      CROWDED,
      'trap "" HUP TERM; echo "while :; do setsid sh /tmp/breed & sleep 0.5; done" >/tmp/breed; sh /tmp/breed',
    ],
    ['are a thousand', CROWDED, 'for i in $(seq 1000); do sleep 1000 & done; wait'],
    [
      'are a thousand, and ignore both signals',
      CROWDED,
      'trap "" HUP TERM; for i in $(seq 1000); do sleep 1000 & done; wait',
    ],
  ])('comes in time when they %s', async (_, bound, command) => {
    if (!client) return
    await using server = await startServer(client, keys, {
      environment: { FARGATE_LOGIN_MAX_LIFETIME: String(LIFETIME) },
      // Other tests have some of the processor, too.
      args: ['--cpus', '1', '--pids-limit', '1500'],
    })
    const since = Date.now()
    void server.ssh(`exec >/dev/null 2>&1 </dev/null; ${command}`)
    await server.log.until(/connect /)
    expect(await server.log.ended).toBe(0)
    expect(Date.now() - since).toBeLessThan((LIFETIME + bound) * 1000)
    const ends = server.log.lines.filter((line) => line.startsWith('fargate-login: end '))
    expect(ends).toEqual([`fargate-login: end reason="the lifetime of ${LIFETIME} s is over" status=0`])
    expect(server.log.lines.at(-1)).toBe(ends[0])
    // No word of the shell's own.
    expect(server.log.lines.filter((line) => !line.startsWith('fargate-login: '))).toEqual([])
  })
})
