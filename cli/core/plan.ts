import type { AddressRoute } from './address.ts'
import { chooseContainer } from './container.ts'
import { FargateLoginError } from './error.ts'
import type { Config } from './options.ts'
import { checkOverridesLength, type EnvironmentVariable, type Overrides } from './overrides.ts'
import { centsPerHour } from './price.ts'
import type { RemoteRequest } from './remote-request.ts'
import type { CapacityProvider, Network, Service, TaskDefinition } from './task-definition.ts'

/** Says exactly what will be done. `plan` prints this value, running does this value. */
export interface Plan {
  /** Names this one login everywhere: clientToken, startedBy, tags, log lines. */
  readonly session: string
  /** ARN of the caller, or the local user name where STS does not answer. */
  readonly owner: string
  readonly runTask: RunTaskRequest
  /** The container that runs sshd. */
  readonly container: string
  readonly route: AddressRoute
  readonly ssh: SshPlan
  readonly remote: RemoteRequest
  /** From RunTask to a usable connection. */
  readonly timeoutSeconds: number
  /** US cents at us-east-1 list price; absent where Fargate does not bill the task. */
  readonly centsPerHour?: number
}

export interface SshPlan {
  /** Absent: the user whom the image names in its SSH banner. */
  readonly user?: string
  readonly port: number
  /** SHA256 fingerprint of the one-time key. */
  readonly key: string
  readonly hostKey:
    | { readonly policy: 'verify'; readonly fingerprint: string }
    | { readonly policy: 'accept' }
}

/** The request as ECS spells it: what `aws ecs run-task --cli-input-json` would take. */
export interface RunTaskRequest {
  readonly cluster: string
  readonly taskDefinition: string
  readonly count: 1
  readonly clientToken: string
  readonly startedBy: string
  readonly launchType?: string
  readonly capacityProviderStrategy?: readonly CapacityProvider[]
  readonly platformVersion?: string
  readonly networkConfiguration?: {
    readonly awsvpcConfiguration: {
      readonly subnets: readonly string[]
      readonly securityGroups?: readonly string[]
      readonly assignPublicIp?: 'ENABLED' | 'DISABLED'
    }
  }
  readonly overrides: Overrides
  readonly tags?: readonly { readonly key: string; readonly value: string }[]
}

/** The public half of the one-time keys, and the host's private half, which travels in the task's environment. */
export interface PlannedKeys {
  /** One authorized_keys line. */
  readonly authorizedKey: string
  readonly fingerprint: string
  readonly host: { readonly privateKey: string; readonly fingerprint: string }
}

export interface PlanInput {
  readonly config: Config
  readonly service?: Service
  readonly definition: TaskDefinition
  readonly owner: string
  readonly keys: PlannedKeys
  readonly session: string
  readonly version: string
  readonly remote: RemoteRequest
}

/**
 * Decides everything, touches nothing.
 * @throws FargateLoginError `container-ambiguous`, `usage`, `task-definition-unusable`, `overrides-too-long`
 */
export function makePlan(input: PlanInput): Plan {
  const { config, definition, keys } = input
  const container = chooseContainer(definition, config.container).name
  const launch = planLaunch(input)
  const network = planNetwork(input, onFargate(launch))
  const overrides = { containerOverrides: [{ name: container, environment: plannedEnvironment(input) }] }
  checkOverridesLength(overrides)

  return {
    session: input.session,
    owner: input.owner,
    runTask: {
      cluster: config.cluster,
      taskDefinition: definition.arn,
      count: 1,
      clientToken: `fargate-login-${input.session}`,
      startedBy: `fargate-login/${input.session}`,
      ...launch,
      ...(network && { networkConfiguration: { awsvpcConfiguration: network } }),
      overrides,
      ...(config.tags && { tags: tags(input) }),
    },
    container,
    route: planRoute(definition, config, network?.assignPublicIp === 'ENABLED'),
    ssh: {
      ...(config.user !== undefined && { user: config.user }),
      port: config.port,
      key: keys.fingerprint,
      hostKey:
        config.hostKey === 'verify'
          ? { policy: 'verify', fingerprint: keys.host.fingerprint }
          : { policy: 'accept' },
    },
    remote: input.remote,
    timeoutSeconds: config.timeout,
    ...(onFargate(launch) &&
      definition.size && {
        centsPerHour: centsPerHour(definition.size, network?.assignPublicIp === 'ENABLED'),
      }),
  }
}

type Launch = Pick<RunTaskRequest, 'launchType' | 'capacityProviderStrategy' | 'platformVersion'>

function planLaunch({ config, service, definition }: PlanInput): Launch {
  if (config.capacityProvider !== undefined) {
    return { capacityProviderStrategy: [{ capacityProvider: config.capacityProvider, weight: 1 }] }
  }
  if (config.launchType !== undefined)
    return { launchType: config.launchType, ...platform(service, config.launchType) }
  if (service?.capacityProviderStrategy?.length) {
    return {
      capacityProviderStrategy: service.capacityProviderStrategy,
      ...(service.platformVersion !== undefined && { platformVersion: service.platformVersion }),
    }
  }
  // Fargate takes awsvpc only; a bridge or host task can only be meant for EC2.
  const launchType = service?.launchType ?? (definition.networkMode === 'awsvpc' ? 'FARGATE' : 'EC2')
  return { launchType, ...platform(service, launchType) }
}

function platform(service: Service | undefined, launchType: string): Pick<Launch, 'platformVersion'> {
  if (launchType !== 'FARGATE' || service?.platformVersion === undefined) return {}
  return { platformVersion: service.platformVersion }
}

function onFargate(launch: Launch): boolean {
  if (launch.launchType !== undefined) return launch.launchType === 'FARGATE'
  return !!launch.capacityProviderStrategy?.every(({ capacityProvider }) =>
    /^FARGATE(_SPOT)?$/.test(capacityProvider),
  )
}

type AwsvpcConfiguration = NonNullable<RunTaskRequest['networkConfiguration']>['awsvpcConfiguration']

function planNetwork(
  { config, service, definition }: PlanInput,
  fargate: boolean,
): AwsvpcConfiguration | undefined {
  if (definition.networkMode !== 'awsvpc') return undefined
  const inherited: Partial<Network> = service?.network ?? {}
  const subnets = config.subnets ?? inherited.subnets
  if (!subnets?.length) {
    throw new FargateLoginError('usage', `${definition.arn} uses awsvpc networking and no subnet is given.`, {
      hint: 'Name them with --subnets A,B (and --security-groups), or take them from a service with --service NAME.',
    })
  }
  const securityGroups = config.securityGroups ?? inherited.securityGroups
  const publicIp = config.publicIp ?? inherited.assignPublicIp ?? fargate
  if (publicIp && !fargate && config.publicIp) {
    throw new FargateLoginError('usage', 'A task on EC2 instances never gets a public address of its own.', {
      hint: 'Drop --public-ip, or use --launch-type FARGATE.',
    })
  }
  return {
    subnets,
    ...(securityGroups?.length && { securityGroups }),
    // On EC2 the member itself is refused when it says ENABLED, and needless otherwise.
    ...(fargate && { assignPublicIp: publicIp ? 'ENABLED' : 'DISABLED' }),
  }
}

function planRoute(definition: TaskDefinition, config: Config, publicIpExpected: boolean): AddressRoute {
  const family = config.address
  switch (definition.networkMode) {
    case 'none':
      throw new FargateLoginError('task-definition-unusable', `${definition.arn} has networkMode none.`, {
        hint: 'Nothing can connect to such a task. Use a task definition with awsvpc, bridge or host.',
      })
    case 'awsvpc':
      if (family === 'public' && !publicIpExpected) {
        throw new FargateLoginError(
          'usage',
          'The task gets no public address, and --address public asks for it.',
          {
            hint: 'Add --public-ip, or use --address private.',
          },
        )
      }
      return { network: 'awsvpc', family, publicIpExpected }
    default:
      if (family === 'ipv6') {
        throw new FargateLoginError('usage', '--address ipv6 needs awsvpc networking.', {
          hint: `${definition.arn} has networkMode ${definition.networkMode}: use --address private or public.`,
        })
      }
      return { network: definition.networkMode, family }
  }
}

/**
 * The environment that the task gets on top of its definition's: the image contract, then the user's `-e`.
 * @throws FargateLoginError `usage` where the user sets a variable that is ours
 */
export function plannedEnvironment({
  config,
  keys,
  owner,
  session,
}: Pick<PlanInput, 'config' | 'keys' | 'owner' | 'session'>): readonly EnvironmentVariable[] {
  const ours: Record<string, string> = {
    [config.keyEnv]: keys.authorizedKey,
    ...(config.hostKey === 'verify' && { FARGATE_LOGIN_HOST_KEY: keys.host.privateKey }),
    FARGATE_LOGIN_PORT: String(config.port),
    FARGATE_LOGIN_SESSION: session,
    FARGATE_LOGIN_OWNER: owner,
  }
  const clash = Object.keys(config.environment).find((name) => name in ours)
  if (clash !== undefined) {
    throw new FargateLoginError('usage', `${clash} is set by fargate-login itself.`, {
      hint: `Drop -e ${clash}; the user, the port and the keys have options of their own.`,
    })
  }
  // The image gives up when nobody comes for as long as we would try; the user may say otherwise.
  const bounds = { FARGATE_LOGIN_CONNECT_GRACE: String(config.timeout) }
  return Object.entries({ ...ours, ...bounds, ...config.environment }).map(([name, value]) => ({
    name,
    value,
  }))
}

function tags({ keys, owner, session, version }: PlanInput): NonNullable<RunTaskRequest['tags']> {
  return [
    { key: 'fargate-login:owner', value: tagValue(owner) },
    { key: 'fargate-login:session', value: session },
    { key: 'fargate-login:key', value: tagValue(keys.fingerprint) },
    { key: 'fargate-login:version', value: version },
  ]
}

/** Tag values take letters, digits, spaces and `+ - = . _ : / @`, 256 at most. */
function tagValue(text: string): string {
  return text.replace(/[^\p{L}\p{N} +\-=._:/@]/gu, '_').slice(0, 256)
}
