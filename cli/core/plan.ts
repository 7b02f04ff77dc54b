import type { AddressRoute } from './address.ts'
import { chooseContainer } from './container.ts'
import { checkEnter } from './enter.ts'
import { onFargate, planLaunch } from './launch.ts'
import { planNetwork, planRoute } from './network.ts'
import type { Config } from './options.ts'
import { checkOverridesLength } from './overrides.ts'
import type { PlannedDerivation } from './planned-derivation.ts'
import { centsPerHour } from './price.ts'
import type { RemoteRequest } from './remote-request.ts'
import type { RunTaskRequest } from './run-task-request.ts'
import { type PlannedKeys, planEnvironment } from './session-environment.ts'
import { startedBy } from './started-by.ts'
import { tagValue } from './tag-value.ts'
import type { Service, TaskDefinition } from './task-definition.ts'

/** Says exactly what will be done. `plan` prints this value, running does this value. */
export interface Plan {
  /** Names this one login everywhere: clientToken, startedBy, tags, log lines. */
  readonly session: string
  /** ARN of the caller, or the local user name where STS does not answer. */
  readonly owner: string
  /** With `inject`: what the task definition derives from, and what is to be registered before it runs. */
  readonly derivation?: PlannedDerivation
  readonly runTask: RunTaskRequest
  /** The container that runs sshd. */
  readonly container: string
  /** The container of the same task that the session is in, if it is not that one. */
  readonly enter?: string
  readonly route: AddressRoute
  readonly ssh: SshPlan
  readonly remote: RemoteRequest
  /** From the answer of RunTask to a usable connection. */
  readonly timeoutSeconds: number
  /** How long a lost connection is tried to get back. */
  readonly reconnectSeconds: number
  /** The program is started and left; `attach` comes back to it. */
  readonly detach: boolean
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

export interface PlanInput {
  readonly config: Config
  readonly derivation?: PlannedDerivation
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
  const chosen = chooseContainer(definition, config.container)
  const container = chosen.name
  const launch = planLaunch(config, input.service, definition)
  const network = planNetwork({ ...input, onFargate: onFargate(launch) })
  const publicIp = network?.assignPublicIp === 'ENABLED'
  const overrides = { containerOverrides: [{ name: container, environment: planEnvironment(input) }] }
  checkOverridesLength(overrides)

  return {
    session: input.session,
    owner: input.owner,
    ...(input.derivation && { derivation: input.derivation }),
    runTask: {
      cluster: config.cluster,
      taskDefinition: definition.arn,
      count: 1,
      clientToken: `fargate-login-${input.session}`,
      startedBy: startedBy(input.session),
      ...launch,
      ...(network && { networkConfiguration: { awsvpcConfiguration: network } }),
      overrides,
      ...(config.tags && { tags: tags(input) }),
    },
    container,
    ...(config.enter !== undefined && { enter: checkEnter({ ...input, container }, config.enter) }),
    route: planRoute(definition, chosen, config, publicIp),
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
    reconnectSeconds: config.reconnect,
    detach: config.detach,
    ...(onFargate(launch) && definition.size && { centsPerHour: centsPerHour(definition.size, publicIp) }),
  }
}

function tags({ keys, owner, session, version }: PlanInput): NonNullable<RunTaskRequest['tags']> {
  return [
    { key: 'fargate-login:owner', value: tagValue(owner) },
    { key: 'fargate-login:session', value: session },
    { key: 'fargate-login:key', value: tagValue(keys.fingerprint) },
    { key: 'fargate-login:version', value: version },
  ]
}
