import { createHash, randomBytes } from 'node:crypto'
import type { Config } from '../../core/config/config.ts'
import { FargateLoginError } from '../../core/error.ts'
import type { Activity } from '../../core/plan/activity.ts'
import { enterNotes } from '../../core/plan/enter.ts'
import { planIdentity } from '../../core/plan/identity.ts'
import { checkOverridesLength } from '../../core/plan/overrides.ts'
import { makePlan, type Plan } from '../../core/plan/plan.ts'
import { derivedDefinition } from '../../core/plan/planned-derivation.ts'
import { type PlannedKeys, planEnvironment } from '../../core/plan/session-environment.ts'
import { arnName } from '../../core/text/arn.ts'
import type { TypedCommand } from '../../core/text/typed-command.ts'
import { startLimit } from '../../core/wait/time-limit.ts'
import type { Ports } from '../ports/ports.ts'
import type { Keys } from '../ports/ssh.ts'
import { derive, findRegistered } from './derivation.ts'
import { findOwner } from './owner.ts'

/** A plan, and the one-time keys whose fingerprints it holds. */
export interface Prepared {
  readonly plan: Plan
  readonly keys: Keys
  /** A hash of what the plan's task must have in common with a kept one. The text behind it holds secrets. */
  readonly identity: string
  /** Whether not to join a kept task. */
  readonly startsAnew: boolean
}

export interface PrepareInput {
  readonly config: Config
  readonly activity: Activity
  /** Version of fargate-login, for the tag. */
  readonly version: string
  /** The local user's name, in case STS does not identify the caller. */
  readonly localUser: string
  /** For commands to paste. */
  readonly typed: TypedCommand
}

type PreparePorts = Pick<Ports, 'access' | 'definitions' | 'identity' | 'ssh' | 'stockSsh' | 'reporter'>

/** Reads from AWS what the plan depends on, makes the keys, and decides. */
export async function prepareSession(
  { config, activity, version, localUser, typed }: PrepareInput,
  ports: PreparePorts,
  signal: AbortSignal,
): Promise<Prepared> {
  const { cluster } = config
  const session = newSessionId()
  const keys = await makeKeys(config, ports)
  const planned = {
    authorizedKey: keys.user.publicKey,
    fingerprint: keys.user.fingerprint,
    host: keys.host,
  }
  refuseTooLong(config, planned, session)

  ports.reporter.step('plan', `Reading ${sourceText(config)} of cluster ${cluster}`)
  const [owner, { service, definition }] = await Promise.all([
    findOwner(ports, localUser, signal),
    inTime(config, signal, (limited) => readEcs(config, ports, limited)),
  ])
  const derivation = config.inject
    ? await inTime(config, signal, (limited) =>
        findRegistered(derive(config, definition, version), ports, limited),
      )
    : undefined
  const toRun = derivation ? derivedDefinition(definition, derivation) : definition
  const plan = makePlan({
    config: derivation ? { ...config, container: derivation.container } : config,
    definition: toRun,
    ...(derivation && { derivation }),
    ...(service && { service }),
    owner,
    keys: planned,
    session,
    version,
    activity,
    typed,
  })
  ports.reporter.done(
    'plan',
    `Planned container ${plan.reach.container} of ${arnName(definition.arn)} on cluster ${cluster}`,
  )
  const notes = plan.enter === undefined ? [] : enterNotes(toRun, plan.reach.container)
  for (const note of [...(derivation?.notes ?? []), ...notes]) ports.reporter.warn(note)
  if (config.hostKey === 'accept') {
    ports.reporter.warn(
      '--host-key accept: any server at this address is accepted as the task, and could read the session.',
    )
  }
  const identity = createHash('sha256').update(planIdentity(plan, config.keyEnv)).digest('hex')
  return { plan, keys, identity, startsAnew: config.newTask }
}

function sourceText({ service, taskDefinition }: Config): string {
  return service === undefined ? `task definition ${taskDefinition}` : `service ${service}`
}

/** The user's key of a kept task has to stay the same for stock ssh. A dry run writes nothing. */
async function makeKeys({ keep, dryRun }: Config, { ssh, stockSsh }: PreparePorts): Promise<Keys> {
  const keys = await ssh.makeKeys()
  return keep === undefined || dryRun ? keys : { ...keys, user: await stockSsh.userKey(keys.user) }
}

/** Refuses early what is too long whatever AWS answers; makePlan checks the complete overrides. */
function refuseTooLong(config: Config, keys: PlannedKeys, session: string): void {
  const environment = planEnvironment({ config, keys, session, owner: '' })
  checkOverridesLength({ containerOverrides: [{ name: config.container ?? '', environment }] })
}

/** The task definition that the user named, and its service if the user named one. */
export async function readEcs(
  { cluster, ...config }: Config,
  { definitions }: Pick<Ports, 'definitions'>,
  signal: AbortSignal,
) {
  const service =
    config.service === undefined
      ? undefined
      : await definitions.describeService(cluster, config.service, signal)
  const name = config.taskDefinition ?? service?.taskDefinition
  if (name === undefined) throw new Error('config/rules.ts let a config without a task pass.')
  return { service, definition: await definitions.describeTaskDefinition(name, signal) }
}

/** How long ECS may take for these reads. */
const READ_TIME_LIMIT_SECONDS = 30

async function inTime<T>(
  { timeout }: Config,
  signal: AbortSignal,
  read: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const seconds = Math.min(timeout, READ_TIME_LIMIT_SECONDS)
  const noAnswer = () =>
    new FargateLoginError('aws-unreachable', `ECS has not answered within ${seconds} s.`, {
      hint: 'Check the network, --region, --endpoint-url and the source of your credentials; then try again.',
    })
  using limit = startLimit(seconds, noAnswer, signal)
  return await read(limit.signal)
}

/** 60 random bits as 12 lower-case letters and digits, unique among all sessions of an account. */
function newSessionId(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
  return Array.from(randomBytes(12), (byte) => alphabet[byte % 32]).join('')
}
