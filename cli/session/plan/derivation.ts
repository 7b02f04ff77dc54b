import { createHash } from 'node:crypto'
import type { Config } from '../../core/config/config.ts'
import { deriveTaskDefinition } from '../../core/derive/derive-task-definition.ts'
import { derivedHash, isDerived } from '../../core/derive/registration.ts'
import { differences } from '../../core/differences/differences.ts'
import { FargateLoginError } from '../../core/error.ts'
import { chooseContainer } from '../../core/plan/container.ts'
import { type PlannedDerivation, planDerivation } from '../../core/plan/planned-derivation.ts'
import type { TaskDefinition } from '../../core/task/task-definition.ts'
import { arnName } from '../../core/text/arn.ts'
import { canonicalJson } from '../../core/text/canonical-json.ts'
import { type AwsAccess, adviceAt, awsEcsCommand } from '../../core/text/paste.ts'
import type { Ports } from '../ports/ports.ts'

/** Decides how to inject the SSH server into the task of `source`. It registers nothing. */
export function derive(config: Config, source: TaskDefinition, version: string): PlannedDerivation {
  const container = chooseContainer(source, config.container).name
  const { toolkitImage, port, keepSidecars, tags } = config
  if (toolkitImage === undefined)
    throw new Error('config/rules.ts let --inject pass without a toolkit image.')
  const derived = deriveTaskDefinition(source.document, { container, toolkitImage, port, keepSidecars })
  const hash = createHash('sha256').update(canonicalJson(derived.registration)).digest('hex')
  return planDerivation({ source, container, derived, hash, tags, version })
}

/**
 * How many revisions to look at, newest first; each takes one call. Each combination of settings that
 * is in use at a time needs one revision. An older revision has been out of use for ten registrations.
 */
const LOOKED_AT = 10

/**
 * Adds an existing revision to the plan, if one is exactly what we want. The hash finds it, and a comparison confirms
 * it: anyone with permission to register in the family can put our hash on anything.
 * @throws FargateLoginError `task-definition-unusable` if the family belongs to something else
 */
export async function findRegistered(
  planned: PlannedDerivation,
  { access, definitions, reporter }: Pick<Ports, 'access' | 'definitions' | 'reporter'>,
  signal: AbortSignal,
): Promise<PlannedDerivation> {
  const { registration, family } = planned
  const wanted = derivedHash(registration)
  const arns = await definitions.listTaskDefinitions(family, signal)
  let newest: TaskDefinition | undefined
  for (const arn of arns.slice(0, LOOKED_AT)) {
    const found = await definitions.describeTaskDefinition(arn, signal)
    const { document, unread } = found
    // It may have been deregistered since ECS listed it.
    if (document.status !== 'ACTIVE') continue
    newest ??= found
    if (derivedHash(document) !== wanted) continue
    const other = [
      ...differences(registration, document).map(({ path }) => path),
      // ECS adds some members to every description, so ignore those that the source has as well.
      ...unread.filter((path) => !planned.unread.includes(path)),
    ]
    if (other.length === 0) return { ...planned, registered: arn }
    reporter.warn(
      `${arn} carries our hash but differs in ${other.join(', ')}; ignoring it. ` +
        `Check who may register ${family}.`,
    )
  }
  if (newest && !isDerived(newest.document)) throw foreignFamily(newest, family, access)
  return planned
}

/** A user who runs the family by its name, without a revision, would get our SSH server instead. */
function foreignFamily({ arn }: TaskDefinition, family: string, access: AwsAccess): FargateLoginError {
  const deregister = awsEcsCommand(access, 'deregister-task-definition', '--task-definition', arnName(arn))
  return new FargateLoginError(
    'task-definition-unusable',
    `fargate-login did not derive ${arn}, and --inject would register a revision in that family.`,
    {
      hint: adviceAt(
        access,
        `Register yours in a family of another name, then deregister the revisions of ${family}:`,
        deregister,
      ),
    },
  )
}
