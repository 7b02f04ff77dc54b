import { FargateLoginError } from '../../core/error.ts'
import type { AwsAccess } from '../../core/text/paste.ts'
import type { Environment } from '../files/environment.ts'
import type { SharedFiles } from '../files/shared-files.ts'
import { configuredEndpoint, type Service } from './endpoint.ts'
import { type Lookup, readSwitch } from './lookup.ts'
import { findRegion } from './region.ts'
import { type Retries, readRetries } from './retries.ts'

/** What an SDK client needs to know. The SDK itself reads neither variables nor files for it. */
export interface ServiceSettings extends Retries {
  readonly region: string | (() => Promise<string>)
  readonly endpoint?: string
  readonly ignoreConfiguredEndpointUrls: true
  readonly useFipsEndpoint: boolean
  readonly useDualstackEndpoint: boolean
}

interface Known {
  readonly access: AwsAccess
  readonly lookup: Lookup
  readonly files: SharedFiles
  readonly environment: Environment
}

/** The services that `--endpoint-url` stands for. */
const OWN_ENDPOINT: readonly Service[] = ['ecs', 'ec2', 'sts']

/** @throws FargateLoginError `config-invalid`, at once if it is about a service that every command calls */
export function readServiceSettings(known: Known): (service: Service) => ServiceSettings {
  const { access, lookup, files, environment } = known
  const fips = lookup(['AWS_USE_FIPS_ENDPOINT'], 'use_fips_endpoint')
  const dualstack = lookup(['AWS_USE_DUALSTACK_ENDPOINT'], 'use_dualstack_endpoint')
  const [useFipsEndpoint, useDualstackEndpoint] = [readSwitch(fips), readSwitch(dualstack)]
  const variant = useFipsEndpoint ? fips : useDualstackEndpoint ? dualstack : undefined
  const settings = {
    region: access.region ?? once(() => findRegion(lookup, environment)),
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint,
    useDualstackEndpoint,
    ...readRetries(lookup),
  } as const
  const settingsOf = (service: Service): ServiceSettings => {
    const own = OWN_ENDPOINT.includes(service) ? access.endpointUrl : undefined
    const endpoint =
      own === undefined ? configuredEndpoint(service, lookup, files) : { text: own, where: '--endpoint-url' }
    if (endpoint && variant) throw excluded(endpoint.where, variant.where)
    return { ...settings, ...(endpoint && { endpoint: endpoint.text }) }
  }
  OWN_ENDPOINT.forEach(settingsOf)
  return settingsOf
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined
  return () => {
    known ??= read()
    return known
  }
}

function excluded(endpoint: string, variant: string): FargateLoginError {
  return new FargateLoginError('config-invalid', `${variant} and ${endpoint} exclude each other.`, {
    hint: 'An endpoint URL names the whole endpoint. Remove one of the two.',
  })
}
