import type { Config } from '../config/config.ts'
import type { Forward } from '../forward/forward.ts'
import { forwardsOf } from '../forward/forwards-of.ts'
import type { PlannedRoute } from '../link/address.ts'
import type { Reach } from '../link/reach.ts'
import { centsPerHour, type PricePart, priceParts } from '../task/price.ts'
import { startedBy } from '../task/started-by.ts'
import type { Service, TaskDefinition, TaskSize } from '../task/task-definition.ts'
import type { TypedCommand } from '../text/typed-command.ts'
import type { Activity } from './activity.ts'
import { chooseContainer } from './container.ts'
import { checkEnter } from './enter.ts'
import { onFargate, planLaunch } from './launch.ts'
import { planNetwork, planRoute } from './network.ts'
import { checkOverridesLength } from './overrides.ts'
import type { PlannedDerivation } from './planned-derivation.ts'
import type { RunTaskRequest } from './run-task-request.ts'
import { type PlannedKeys, planEnvironment } from './session-environment.ts'
import { planSessionServer } from './session-server.ts'
import { tagValue } from './tag-value.ts'

/** Everything that a run will do. `plan` prints this value; a run carries it out. */
export interface Plan {
  /** Identifies this login in the clientToken, startedBy, tags and log lines. */
  readonly session: string
  /** The caller's ARN, or the local user name if STS does not answer. */
  readonly owner: string
  /** The TARGET that the user named. */
  readonly target?: string
  /** With `inject`: the source of the task definition, and what to register before it runs. */
  readonly derivation?: PlannedDerivation
  /** Where the SSH server comes from, for people. */
  readonly server: string
  readonly runTask: RunTaskRequest
  /** The other container of the task that the session enters, if any. */
  readonly enter?: string
  readonly reach: Reach<PlannedRoute>
  readonly activity: Activity
  /** Whether programs in the task can use the user's own ssh-agent. */
  readonly forwardAgent: boolean
  /** Connections that the link carries in addition to the activity. */
  readonly forwards: readonly Forward[]
  /** Time from RunTask's answer to a usable connection. */
  readonly timeoutSeconds: number
  /** How long to keep trying to reconnect; 0 = never. */
  readonly reconnectSeconds: number
  /** How long the task stays after its last connection; absent: it is stopped at the end. */
  readonly keepSeconds?: number
  /** US cents at us-east-1 list price; absent if Fargate does not bill the task, as with `--local`. */
  readonly centsPerHour?: number
  /** What it is the sum of. */
  readonly priceParts?: readonly PricePart[]
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
  readonly typed: TypedCommand
}

/**
 * Decides everything, and changes nothing.
 * @throws FargateLoginError `container-ambiguous`, `session-server-unmarked`, `usage`, `task-definition-unusable`,
 * `overrides-too-long`
 */
export function makePlan(input: PlanInput): Plan {
  const { config, definition, keys } = input
  const chosen = chooseContainer(definition, config.container)
  const container = chosen.name
  const server = planSessionServer(input, chosen)
  const launch = planLaunch(config, input.service, definition)
  const network = planNetwork({ ...input, onFargate: onFargate(launch) })
  const publicIp = network?.assignPublicIp === 'ENABLED'
  const overrides = { containerOverrides: [{ name: container, environment: planEnvironment(input) }] }
  checkOverridesLength(overrides)

  return {
    session: input.session,
    owner: input.owner,
    ...(config.target !== undefined && { target: config.target }),
    ...(input.derivation && { derivation: input.derivation }),
    server,
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
    forwardAgent: config.forwardAgent,
    forwards: forwardsOf(config),
    timeoutSeconds: config.timeout,
    reconnectSeconds: config.reconnect,
    ...(config.keep !== undefined && { keepSeconds: config.keep }),
    ...(onFargate(launch) && !config.local && definition.size && priceOf(definition.size, publicIp)),
  }
}

function priceOf(size: TaskSize, publicIp: boolean): Pick<Plan, 'centsPerHour' | 'priceParts'> {
  return { centsPerHour: centsPerHour(size, publicIp), priceParts: priceParts(size, publicIp) }
}

function tags({ keys, owner, session, version }: PlanInput): NonNullable<RunTaskRequest['tags']> {
  return [
    { key: 'fargate-login:owner', value: tagValue(owner) },
    { key: 'fargate-login:session', value: session },
    { key: 'fargate-login:key', value: tagValue(keys.fingerprint) },
    { key: 'fargate-login:version', value: version },
  ]
}
