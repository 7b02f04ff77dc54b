import { describe, expect, it } from 'vitest'
import { openPlace } from '../../cli/commands/actions/open-place.ts'
import type { Composition } from '../../cli/commands/context.ts'
import type { Config } from '../../cli/core/config/config.ts'
import { CONFIG } from '../helpers/values.ts'

const NOTED = {
  cluster: 'production',
  access: { region: 'eu-west-1', profile: 'noted', endpointUrl: 'https://noted.example' },
}

/** The config with which the noted place is opened. */
async function openedWith(config: Partial<Config>, flags: Readonly<Record<string, unknown>>) {
  let opened: Config | undefined
  const compose = async (requested: Config) => {
    opened = requested
    return { signIn: async () => {} } as Composition
  }
  await openPlace(NOTED, { ...CONFIG, ...config }, flags, { compose })
  return opened
}

describe('a place that the journal names', () => {
  it('is opened as it was noted, whatever variables and files say', async () => {
    const config = { cluster: 'here', region: 'us-east-1', profile: 'mine' }
    expect(await openedWith(config, {})).toMatchObject({ ...NOTED.access, cluster: 'production' })
  })

  it('is reached with the profile and the endpoint of the command line', async () => {
    const flags = { profile: 'mine', endpointUrl: 'https://mine.example' }
    expect(await openedWith(flags, flags)).toMatchObject({
      ...flags,
      region: 'eu-west-1',
      cluster: 'production',
    })
  })

  it('is closed again if nobody can sign in to it', async () => {
    let closed = false
    const compose = async () =>
      ({
        signIn: () => Promise.reject(new Error('no code')),
        [Symbol.asyncDispose]: async () => {
          closed = true
        },
      }) as unknown as Composition
    await expect(openPlace(NOTED, CONFIG, {}, { compose })).rejects.toThrow('no code')
    expect(closed).toBe(true)
  })
})
