import { DEFAULTS } from '../../cli/config/defaults.ts'
import type { Config } from '../../cli/core/config/config.ts'
import type { Activity, PlannedProgram } from '../../cli/core/plan/activity.ts'
import type { PlanInput } from '../../cli/core/plan/plan.ts'
import type { TaskSnapshot } from '../../cli/core/task/task.ts'
import type { TaskDefinition } from '../../cli/core/task/task-definition.ts'
import type { TypedCommand } from '../../cli/core/text/typed-command.ts'

// Plain values that tests start from; each test changes what it is about.

export const CONFIG: Config = {
  ...DEFAULTS,
  taskDefinition: 'web',
  inject: false,
  subnets: ['subnet-1'],
  shortcuts: {},
}

export const DEFINITION: TaskDefinition = {
  arn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:7',
  networkMode: 'awsvpc',
  containers: [{ name: 'app', image: 'example/web:1', labels: {} }],
  size: { cpuUnits: 256, memoryMib: 512, architecture: 'X86_64' },
  document: {
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:7',
    family: 'web',
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'app', image: 'example/web:1' }],
  },
  unread: [],
}

export const TYPED: TypedCommand = { own: ['web'], remote: undefined }

export const PLAN_INPUT: PlanInput = {
  config: CONFIG,
  definition: DEFINITION,
  owner: 'arn:aws:iam::123456789012:user/alice',
  keys: {
    authorizedKey: 'ssh-ed25519 AAAAPUBLIC',
    fingerprint: 'SHA256:user',
    host: { privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\nhost-secret\n', fingerprint: 'SHA256:host' },
  },
  session: 'abcdefghijkl',
  version: '1.2.3',
  activity: attending({ pty: true }),
  typed: TYPED,
}

export const TASK: TaskSnapshot = {
  arn: 'arn:aws:ecs:us-east-1:123456789012:task/default/0123456789abcdef',
  lastStatus: 'PROVISIONING',
  desiredStatus: 'RUNNING',
  containers: [{ name: 'app', ports: [] }],
  networkInterface: {},
}

export const RUNNING_TASK: TaskSnapshot = {
  ...TASK,
  lastStatus: 'RUNNING',
  networkInterface: { id: 'eni-1', privateIpv4: '10.0.0.7' },
}

export function attending(program: PlannedProgram): Activity {
  return { kind: 'attend', program }
}
