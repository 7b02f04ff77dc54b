import type { AwsAccess } from '../core/text/paste.ts'
import type { AwsClients, ServiceConfig } from './clients.ts'
import { chooseSource } from './credentials/choose-source.ts'
import type { FetchContext } from './credentials/fetch-context.ts'
import { fetchCredentials } from './credentials/fetch-credentials.ts'
import { remember } from './credentials/remember.ts'
import { renewal } from './credentials/renewal.ts'
import { needsCode, type Source } from './credentials/source.ts'
import type { Environment } from './files/environment.ts'
import { chooseProfile } from './files/profile.ts'
import { readSharedFiles } from './files/shared-files.ts'
import { readCaBundle } from './network/ca-bundle.ts'
import { makeRequestHandler } from './network/request-handler.ts'
import type { Service } from './settings/endpoint.ts'
import { makeLookup } from './settings/lookup.ts'
import { readServiceSettings } from './settings/service-settings.ts'

export interface OpenClientsInput {
  /** What the user named to fargate-login. It beats variables and files of AWS. */
  readonly access: AwsAccess
  readonly environment: Environment
  readonly askCode: FetchContext['askCode']
  /** Ends programs that fetch credentials. */
  readonly signal: AbortSignal
}

/**
 * Reads the variables and files of AWS as the AWS CLI does. Credentials are looked for when a call needs them: some
 * commands only read the journal, which may name another profile.
 * @throws FargateLoginError `config-invalid`
 */
export async function openClients(input: OpenClientsInput): Promise<AwsClients> {
  const { access, environment, askCode, signal } = input
  const files = await readSharedFiles(environment)
  const profile = chooseProfile(access.profile, environment, files)
  const lookup = makeLookup(environment, profile)
  const ca = await readCaBundle(lookup, environment)
  const settingsOf = readServiceSettings({ access, lookup, files, environment })

  const serviceConfig = (service: Service): ServiceConfig => ({
    ...settingsOf(service),
    requestHandler: makeRequestHandler({ environment, ca }),
  })
  const context = { environment, serviceConfig, askCode, signal }
  const source = (): Source => chooseSource(profile, files, environment)
  const credentials = remember(async () => await fetchCredentials(source(), context))
  return {
    config: (service) => ({ ...serviceConfig(service), credentials }),
    async signIn() {
      if (needsCode(source())) await credentials()
    },
    // Someone may have signed in, or changed the files, since they were read.
    async freshCredentials() {
      const now = await readSharedFiles(environment)
      const changed = chooseProfile(access.profile, environment, now)
      return await fetchCredentials(chooseSource(changed, now, environment), context)
    },
    renewal: () => renewal(source()),
    ...(ca && { caBundle: ca.name }),
  }
}
