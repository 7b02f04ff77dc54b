import type { Config } from '../config/config.ts'
import type { PlannedRoute } from '../link/address.ts'
import type { Reach } from '../link/reach.ts'
import { centsPerHour } from '../task/price.ts'
import { startedBy } from '../task/started-by.ts'
import type { Service, TaskDefinition } from '../task/task-definition.ts'
import type { Activity } from './activity.ts'
import { chooseContainer } from './container.ts'
import { checkEnter } from './enter.ts'
import { onFargate, planLaunch } from './launch.ts'
import { planNetwork, planRoute } from './network.ts'
import { checkOverridesLength } from './overrides.ts'
import type { PlannedDerivation } from './planned-derivation.ts'
import type { RunTaskRequest } from './run-task-request.ts'
import { type PlannedKeys, planEnvironment } from './session-environment.ts'
import { tagValue } from './tag-value.ts'

/** Says exactly what will be done. `plan` prints this value, running does this value. */
export interface Plan {
  /** Names this one login everywhere: clientToken, startedBy, tags, log lines. */
  readonly session: string
  /** ARN of the caller, or the local user name where STS does not answer. */
  readonly owner: string
  /** With `inject`: what the task definition derives from, and what is to be registered before it runs. */
  readonly derivation?: PlannedDerivation
  readonly runTask: RunTaskRequest
  /** The container of the same task that the session is in, if it is not the one that runs sshd. */
  readonly enter?: string
  readonly reach: Reach<PlannedRoute>
  readonly activity: Activity
  /** From the answer of RunTask to a usable connection. */
  readonly timeoutSeconds: number
  /** How long to try to get a lost connection back; 0 = never. */
  readonly reconnectSeconds: number
  /** US cents at us-east-1 list price; absent where Fargate does not bill the task. */
  readonly centsPerHour?: number
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
  readonly activity: Activity
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
    ...(config.enter !== undefined && { enter: checkEnter({ ...input, container }, config.enter) }),
    reach: {
      container,
      route: planRoute(definition, chosen, config, network),
      ...(config.user !== undefined && { user: config.user }),
      userKey: keys.fingerprint,
      hostKey:
        config.hostKey === 'verify'
          ? { policy: 'verify', fingerprint: keys.host.fingerprint }
          : { policy: 'accept' },
    },
    activity: input.activity,
    timeoutSeconds: config.timeout,
    reconnectSeconds: config.reconnect,
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
