import { FargateLoginError } from '../error.ts'
import { arnName, clusterOfTask } from '../text/arn.ts'
import { foreignWords } from '../text/foreign-words.ts'
import { type AwsAccess, accessTo, adviceAt, awsEcsCommand } from '../text/paste.ts'
import type { TaskContainer, TaskSnapshot } from './task.ts'

interface Remedy {
  readonly when: RegExp
  readonly hint: string
}

// Patterns for AWS's own words, and the action that helps. The first match wins.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
const REMEDIES: readonly Remedy[] = [
  {
    when: /CannotPullContainerError.*(toomanyrequests|rate limit)/is,
    hint: 'The registry limits pulls. Use a mirror in ECR, or registry credentials in the task definition.',
  },
  {
    when: /CannotPullContainerError.*(not found|manifest unknown|does not exist)/is,
    hint: 'Check the image URI of the container in the task definition: repository, tag, Region.',
  },
  {
    when: /CannotPullContainerError.*(request canceled|context canceled|i\/o timeout|deadline exceeded)/is,
    hint:
      'The task has no route to the registry. In a public subnet use --public-ip; in a private one it needs a NAT ' +
      'gateway, or VPC endpoints for ecr.api, ecr.dkr and s3.',
  },
  {
    when: /CannotPullContainerError/,
    hint: 'Check the image URI, the execution role, and the route to the registry.',
  },
  {
    when: /ResourceInitializationError.*(secrets|registry auth)/is,
    hint:
      'Check the execution role, and the route to ECR, Secrets Manager and SSM ' +
      '(--public-ip, a NAT gateway or VPC endpoints).',
  },
  {
    when: /ResourceInitializationError.*(logger args|logging driver)/is,
    hint: 'Create the log group (or set awslogs-create-group), and check the route to CloudWatch Logs.',
  },
  {
    when: /CannotStartContainerError.*not found/is,
    hint: "The container's entry point or command is not in the image. Check both in the task definition.",
  },
  {
    when: /OutOfMemory/,
    hint: 'The container ran out of memory. Use a task definition with more memory.',
  },
  {
    when: /Spot Task was interrupted|SpotInterruption/,
    hint: 'Fargate Spot took the capacity back. Use --launch-type FARGATE for a session that must last.',
  },
  {
    when: /UserInitiated/,
    hint: 'Someone stopped the task. CloudTrail has the StopTask call and its caller.',
  },
]

const SIGKILL = 9
/** The image exits with this status if the key variable is missing or malformed (EX_USAGE of sysexits.h). */
const IMAGE_REFUSED_ITS_ENVIRONMENT = 64

/**
 * One error with AWS's own words, each container's reason and exit code, and the action that helps.
 * @param inSession whether the session was open
 */
export function taskStopped(task: TaskSnapshot, access: AwsAccess, inSession = false): FargateLoginError {
  const reason = foreignWords(task.stoppedReason ?? 'ECS gives no reason')
  const containers = containerLines(task.containers, reason)
  const message = [`Task ${foreignWords(arnName(task.arn))} stopped: ${reason}`, ...containers].join('\n')
  return new FargateLoginError('task-stopped', message, {
    hint: remedy(task, message, { access, inSession }),
  })
}

/** One line for each container with an exit code or a new reason. ECS repeats a reason for every container. */
function containerLines(containers: readonly TaskContainer[], taskReason: string): readonly string[] {
  const told = [taskReason]
  return containers.flatMap(({ name, exitCode, reason }) => {
    const words = reason === undefined ? undefined : foreignWords(reason)
    const isNew = words !== undefined && !told.some((one) => one.includes(words))
    if (isNew) told.push(words)
    const facts = containerFacts({ exitCode, reason: isNew ? reason : undefined })
    return facts.length === 0 ? [] : [`  container ${foreignWords(name)}: ${facts.join(', ')}`]
  })
}

type ContainerEnd = { readonly [K in 'exitCode' | 'reason']?: TaskContainer[K] | undefined }

/** What ECS reports about a container's end. */
export function containerFacts({ exitCode, reason }: ContainerEnd): readonly string[] {
  return [
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(reason === undefined ? [] : [foreignWords(reason)]),
  ]
}

const BEFORE_SESSION =
  'The container ended by itself. See its log. Perhaps it does not run the entrypoint of our image (docs/image.md), ' +
  'or it is another image, which takes the key from another variable (docs/other-images.md).'

/** A server that has let us in runs the image's entrypoint, so the hint is about the container that ended. */
function endedInSession({ containers }: TaskSnapshot): string {
  const killed = containers.some(({ exitCode }) => exitCode === 128 + SIGKILL)
  const kill = killed ? ` Exit code ${128 + SIGKILL} means that it was killed, as when memory runs out.` : ''
  return `An essential container ended, and the task with it. See its log.${kill}`
}

function remedy(
  task: TaskSnapshot,
  message: string,
  { access, inSession }: { readonly access: AwsAccess; readonly inSession: boolean },
): string {
  const text = `${message} ${task.stopCode ?? ''}`
  const known = REMEDIES.find(({ when }) => when.test(text))
  if (known) return known.hint
  if (task.containers.some(({ exitCode }) => exitCode === IMAGE_REFUSED_ITS_ENVIRONMENT)) {
    return "The image refused its environment (status 64). See the task's log for the variable, and check --key-type (older images take only ed25519), --key-env and --port."
  }
  if (/Essential container/.test(text)) {
    return inSession ? endedInSession(task) : BEFORE_SESSION
  }
  const cluster = clusterOfTask(task.arn) ?? 'default'
  const words = ['describe-tasks', '--cluster', cluster, '--tasks', task.arn]
  const command = awsEcsCommand(accessTo(task.arn, access), ...words)
  return adviceAt(access, "See the task's log, and what ECS says of it:", command) || "See the task's log."
}
