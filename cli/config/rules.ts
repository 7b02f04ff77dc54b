import type { Config } from '../core/config/config.ts'
import { type ErrorCode, FargateLoginError } from '../core/error.ts'
import { findClash } from '../core/forward/find-clash.ts'
import { forwardsOf } from '../core/forward/forwards-of.ts'
import { endpointText } from '../core/link/endpoint.ts'
import type { Layer } from './named-settings.ts'

// All rules about several settings that the config alone decides, before anything starts. With --local, the embedded
// ECS fills in the task, the network and the toolkit image later. Rules that depend on AWS's answers are in core/plan/.

/**
 * In bytes. Linux takes at most 131,072 for one argument or variable (MAX_ARG_STRLEN), its NUL included, and sshd
 * passes the command on as the variable SSH_ORIGINAL_COMMAND.
 */
const COMMAND_LIMIT = 131_072 - 'SSH_ORIGINAL_COMMAND=\0'.length

/**
 * @param where what the user must check: the command line, the environment, a target
 * @throws FargateLoginError `code`
 */
export function checkLayer(layer: Layer, where: string, code: ErrorCode = 'config-invalid'): void {
  if (layer.launchType === undefined || layer.capacityProvider === undefined) return
  const message = `${where}: launch-type and capacity-provider exclude each other.`
  throw new FargateLoginError(code, message, { hint: 'Use only one of them.' })
}

/**
 * For a command that opens a session or prints its plan.
 * @throws FargateLoginError `usage`
 */
export function checkSession(config: Config): void {
  const { local, dryRun, json, detach, pty, inject, keep } = config
  if (json && !dryRun) {
    throw usage(
      '--json prints a plan, but stdout of a session belongs to the remote program.',
      'Add --dry-run, or drop --json.',
    )
  }
  if (detach && local) {
    throw usage(
      '--detach leaves a task running, but --local stops its tasks at the end.',
      'Start a local ECS that stays, and drop --local:\neval "$(fargate-login local --detach)"',
    )
  }
  if (detach && pty === 'forbid') {
    throw usage('--detach runs the program on a terminal, which -T forbids.', 'Drop -T.')
  }
  if (detach && forwardsOf(config).length > 0) {
    throw usage(
      'A forward ends with the command, which --detach ends at once.',
      'Drop --detach, -L, -R and -D.',
    )
  }
  if (keep !== undefined && local) {
    throw usage(
      '--keep leaves a task running, but --local stops its tasks at the end.',
      'Run fargate-login local in another terminal, and drop --local.',
    )
  }
  if (keep !== undefined && detach) {
    throw usage(
      '--detach and --keep exclude each other.',
      'Use --detach for one long job, --keep for several commands.',
    )
  }
  checkPorts(config)
  checkTask(config)
  if (inject) checkToolkit(config)
}

/**
 * For the command that only forwards.
 * @throws FargateLoginError `usage`
 */
export function checkForwards(config: Config): void {
  if (forwardsOf(config).length > 0) return
  throw usage(
    'Nothing to forward was specified.',
    'Use -L [BIND:]PORT:HOST:PORT, -R, -D or --db. For example: fargate-login forward web -L 5432:db.internal:5432',
  )
}

/**
 * @param agentSocket SSH_AUTH_SOCK
 * @throws FargateLoginError `usage`
 */
export function checkAgent({ forwardAgent }: Config, agentSocket: string | undefined): void {
  if (!forwardAgent || agentSocket) return
  throw usage(
    '-A forwards your ssh-agent, but SSH_AUTH_SOCK is not set.',
    'Start one: eval "$(ssh-agent)"; ssh-add',
  )
}

/**
 * For stock ssh, which cannot ask the image for another container.
 * @throws FargateLoginError `usage`
 */
export function checkStockSsh({ enter }: Config): void {
  if (enter === undefined) return
  throw usage(
    `Stock ssh cannot enter the container ${enter}.`,
    'Use fargate-login exec, cp and forward, or a target without enter.',
  )
}

/**
 * The variable of --db.
 * @throws FargateLoginError `usage`
 */
export function databaseVariable(given: unknown): string | undefined {
  if (given === undefined) return undefined
  const name = given === true ? 'DATABASE_URL' : String(given)
  if (/^[A-Za-z_]\w*$/.test(name)) return name
  throw usage(`--db: ${JSON.stringify(name)} is no variable name.`, 'For example: --db DATABASE_URL')
}

/**
 * For the command that prints what --inject registers.
 * @throws FargateLoginError `usage`
 */
export function checkDerive(config: Config): void {
  checkTask(config)
  checkToolkit(config)
}

/**
 * @param command the remote command line
 * @throws FargateLoginError `usage`
 */
export function checkCommand(command: string): void {
  const bytes = Buffer.byteLength(command)
  if (bytes <= COMMAND_LIMIT) return
  throw usage(
    `The command has ${bytes} bytes, quotes included; Linux takes ${COMMAND_LIMIT}.`,
    'Pass the data, or the script, through stdin:\nfargate-login exec [TARGET] -- sh < SCRIPT',
  )
}

function checkPorts(config: Config): void {
  const clash = findClash(forwardsOf(config))
  if (!clash) return
  const place = `${endpointText(clash.listen)}${clash.side === 'remote' ? ' in the task' : ''}`
  const sample = clash.side === 'remote' ? '-R 0:HOST:PORT' : '-L 0:HOST:PORT'
  throw usage(
    `Two forwards listen on ${place}.`,
    'path' in clash.listen
      ? 'Give each a socket of its own.'
      : `Give each a port of its own. Port 0 takes a free one:\n${sample}`,
  )
}

function checkTask({ local, service, taskDefinition }: Config): void {
  if (local || service !== undefined || taskDefinition !== undefined) return
  throw usage(
    'No task to run was specified.',
    'Use --service NAME, or --task-definition FAMILY with --subnets, or a TARGET of fargate-login.yaml. ' +
      'Try it without AWS:\nfargate-login --local',
  )
}

function checkToolkit({ local, toolkitImage }: Config): void {
  if (local || toolkitImage !== undefined) return
  throw usage(
    '--inject needs an image with the SSH server.',
    'Build sshd-image/, push it to a registry that the task can pull from, and name it with --toolkit-image IMAGE ' +
      'or toolkit-image in fargate-login.yaml.',
  )
}

function usage(message: string, hint: string): FargateLoginError {
  return new FargateLoginError('usage', message, { hint })
}
