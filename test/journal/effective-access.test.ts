import { describe, expect, it } from 'vitest'
import { effectiveAccess } from '../../cli/journal/effective-access.ts'

describe('the access that is noted', () => {
  it('is what the user said, and else what the SDK reads', () => {
    const environment = { AWS_REGION: 'eu-west-1', AWS_PROFILE: 'dev', AWS_ENDPOINT_URL: 'http://all' }
    expect(effectiveAccess({}, environment)).toEqual({
      region: 'eu-west-1',
      profile: 'dev',
      endpointUrl: 'http://all',
    })
    expect(effectiveAccess({ profile: 'prod' }, environment)).toMatchObject({ profile: 'prod' })
  })

  it('is what the fallbacks of AWS say', () => {
    const environment = { AWS_DEFAULT_REGION: 'eu-west-2', AWS_DEFAULT_PROFILE: 'old', AWS_PROFILE: '' }
    expect(effectiveAccess({}, environment)).toEqual({ region: 'eu-west-2', profile: 'old' })
  })

  it('is without the profile of a variable that keys in the environment beat', () => {
    const environment = { AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's' }
    expect(effectiveAccess({}, environment)).toEqual({})
    expect(effectiveAccess({ profile: 'prod' }, environment)).toEqual({ profile: 'prod' })
  })

  it("is not the endpoint of one service, of which others would be asked, nor an empty variable's", () => {
    expect(effectiveAccess({}, { AWS_ENDPOINT_URL_ECS: 'http://ecs', AWS_ENDPOINT_URL: '' })).toEqual({})
  })
})
