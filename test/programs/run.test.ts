import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { makePrograms } from '../../cli/programs/run.ts'

/**
 * Says when it listens to signals, and ends with the number of SIGINTs at SIGTERM. Of two signals that wait, the later may
 * be handled first.
 */
const COUNTER = `
  let count = 0
  process.on('SIGINT', () => count++)
  process.on('SIGTERM', () => setImmediate(() => process.exit(count)))
  require('node:net').connect(process.env.PORT, '127.0.0.1').on('error', () => {})
`

describe('a program of this machine', () => {
  it.each([
    ['does not get a signal that its terminal has sent', true, 0],
    ['gets a signal that was meant for us alone', false, 1],
  ])('%s', async (_, fromTerminal, expected) => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    let passOn: (name: NodeJS.Signals) => void = () => {}
    const signals = {
      divert(listener: typeof passOn) {
        passOn = listener
        return { [Symbol.dispose]: () => {} }
      },
    }
    const programs = makePrograms(process.env, signals, (name) => fromTerminal && name === 'SIGINT')
    const variables = { PORT: String((server.address() as AddressInfo).port) }
    const ready = once(server, 'connection')
    const exit = programs.run(
      { argv: [process.execPath, '-e', COUNTER], variables, defaults: {} },
      new AbortController().signal,
    )
    const [socket] = await ready
    passOn('SIGINT')
    passOn('SIGTERM')
    expect(await exit).toEqual({ code: expected })
    socket.destroy()
    server.close()
  })

  it('is not started after the end of its connection', async () => {
    const programs = makePrograms({}, { divert: () => ({ [Symbol.dispose]: () => {} }) }, () => false)
    const over = AbortSignal.abort(new Error('over'))
    await expect(
      programs.run({ argv: [process.execPath, '-e', ''], variables: {}, defaults: {} }, over),
    ).rejects.toThrow('over')
  })
})
