import { FargateLoginError } from '../../core/error.ts'
import type { SharedFiles } from '../files/shared-files.ts'
import { type Found, invalidSetting, type Lookup, readSwitch } from './lookup.ts'

/** The services that we call, as variables and `services` sections spell them. */
export type Service = 'ecs' | 'ec2' | 'sts' | 'sso' | 'sso_oidc' | 'signin'

/**
 * The endpoint that the environment or the profile sets for a service; `undefined` means AWS's own.
 * The order is that of the AWS CLI: the service's variable, AWS_ENDPOINT_URL, the profile's `services`, its `endpoint_url`.
 * @throws FargateLoginError `config-invalid`
 */
export function configuredEndpoint(service: Service, lookup: Lookup, files: SharedFiles): Found | undefined {
  const ignored = lookup(['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'], 'ignore_configured_endpoint_urls')
  if (readSwitch(ignored)) return undefined
  const variables = [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL']
  const found = lookup(variables, '') ?? ofServices(service, lookup, files) ?? lookup([], 'endpoint_url')
  if (found && !(URL.canParse(found.text) && /^https?:/i.test(found.text))) {
    throw invalidSetting(found, 'a URL such as https://host:8443')
  }
  return found
}

function ofServices(service: Service, { profile }: Lookup, { services }: SharedFiles): Found | undefined {
  const name = profile.values.get('services')
  if (!name) return undefined
  const section = services.get(name)
  if (!section) {
    const message = `services of profile ${profile.name}: there is no section [services ${name}].`
    throw new FargateLoginError('config-invalid', message, {
      hint: 'Add the section to the config file of the AWS CLI, or correct its name in the profile.',
    })
  }
  const text = section.get(`${service}.endpoint_url`)
  return text ? { text, where: `endpoint_url of ${service} in [services ${name}]` } : undefined
}
