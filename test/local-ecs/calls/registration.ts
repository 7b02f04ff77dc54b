import type { Call, Refused } from './call.ts'

const ROLE = 'arn:aws:iam::000000000000:role/execution'

/** On Fargate. */
function registers(what: string, input: object, outcome: Call['outcome']): Call {
  const fargate = { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' }
  const containerDefinitions = [{ name: 'app', image: 'app' }]
  const definition = { family: 'called', ...fargate, containerDefinitions, ...input }
  return { what, operation: 'RegisterTaskDefinition', input: definition, outcome }
}

/** On Fargate, with these members of its container. */
function container(what: string, members: object, outcome: Call['outcome']): Call {
  return registers(what, { containerDefinitions: [{ name: 'app', image: 'app', ...members }] }, outcome)
}

function ofAws(message: RegExp): Refused {
  return { error: 'ClientException', message, words: 'of AWS' }
}

function ours(message: RegExp): Refused {
  return { error: 'ClientException', message, words: 'ours' }
}

function size(cpu: string, memory: string, stored: readonly [cpu: string, memory: string]): Call {
  const answer = { taskDefinition: { cpu: stored[0], memory: stored[1] } }
  return registers(`the size ${cpu} and ${memory}`, { cpu, memory }, { answer })
}

function noSize(cpu: string, memory: string, message: RegExp): Call {
  return registers(`the size ${cpu} and ${memory}`, { cpu, memory }, ofAws(message))
}

const awslogs = (options: object) => ({ logConfiguration: { logDriver: 'awslogs', options } })
const LOG_OPTIONS = { 'awslogs-group': '/a', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'a' }

export const REGISTRATION_CALLS: readonly Call[] = [
  size('1 vCPU', '2GB', ['1024', '2048']),
  size('1 vcpu', '3 GB', ['1024', '3072']),
  size('.25 vCPU', '0.5 GB', ['256', '512']),
  size('16 vCPU', '120 GB', ['16384', '122880']),
  size('32 vCPU', '64 GB', ['32768', '65536']),
  noSize('64 vCPU', '128 GB', /^No Fargate configuration exists for given values\.$/),
  noSize('1 vCPU', '9 GB', /^No Fargate configuration exists for given values\.$/),
  noSize('1 core', '2 GB', /^Invalid 'cpu' setting for task\.$/),
  noSize('64', '512', /^Invalid 'cpu' setting for task\.$/),
  noSize('256', '512 MB', /^Invalid 'memory' setting for task\.$/),
  registers('Fargate without a size', { cpu: '' }, ofAws(/^Invalid 'cpu' setting for task\.$/)),
  container(
    'awslogs on Fargate without an execution role',
    awslogs(LOG_OPTIONS),
    ofAws(/^Fargate requires task definition to have execution role ARN to support log driver awslogs\.$/),
  ),
  container(
    'awslogs without its options',
    awslogs({ 'awslogs-stream-prefix': 'a' }),
    ofAws(/^Log driver awslogs requires options: awslogs-region, awslogs-group$/),
  ),
  registers(
    'awslogs on Fargate with an execution role',
    {
      executionRoleArn: ROLE,
      containerDefinitions: [{ name: 'app', image: 'app', ...awslogs(LOG_OPTIONS) }],
    },
    { answer: { taskDefinition: { executionRoleArn: ROLE } } },
  ),
  container(
    'an ECR image on Fargate without an execution role',
    { image: '000000000000.dkr.ecr.us-east-1.amazonaws.com/app:1' },
    ofAws(/^Fargate requires task definition to have execution role ARN to support ECR images\.$/),
  ),
  container(
    'secrets without an execution role',
    { secrets: [{ name: 'A', valueFrom: 'a' }] },
    ofAws(
      /^When you are specifying container secrets, you must also specify a value for 'executionRoleArn'\.$/,
    ),
  ),
  container(
    'the log driver fluentd on Fargate',
    { logConfiguration: { logDriver: 'fluentd' } },
    ours(/do not support log driver fluentd$/),
  ),
  registers(
    'an execution role that is none',
    { executionRoleArn: 'arn:aws:iam::1:user/me' },
    ofAws(/^Role is not valid$/),
  ),
  ...[20, 201].map((sizeInGiB) =>
    registers(
      `an ephemeral storage of ${sizeInGiB} GiB`,
      { ephemeralStorage: { sizeInGiB } },
      ours(/between 21 and 200 GiB\.$/),
    ),
  ),
  ...[21, 200].map((sizeInGiB) =>
    registers(
      `an ephemeral storage of ${sizeInGiB} GiB`,
      { ephemeralStorage: { sizeInGiB } },
      { answer: { taskDefinition: { ephemeralStorage: { sizeInGiB } } } },
    ),
  ),
  registers('ipcMode host on Fargate', { ipcMode: 'host' }, ours(/do not support ipcMode$/)),
  registers(
    'placement constraints on Fargate',
    { placementConstraints: [{ type: 'memberOf', expression: 'attribute:a == b' }] },
    ours(/do not support placementConstraints$/),
  ),
  container(
    'more memory for a container than for the task',
    { memory: 1024 },
    ofAws(/^The 'memory' setting for container 'app' is greater than for the task\.$/),
  ),
  container(
    'more CPU for the containers than for the task',
    { cpu: 512 },
    ofAws(/^The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'\.$/),
  ),
  registers(
    'larger reservations than the memory of the task',
    {
      containerDefinitions: ['a', 'b'].map((name) => ({ name, image: 'app', memoryReservation: 300 })),
    },
    ofAws(
      /^The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'\.$/,
    ),
  ),
  container(
    'a reservation above the limit',
    { memory: 128, memoryReservation: 256 },
    ours(/'memoryReservation' must not be greater than 'memory'\.$/),
  ),
  container('a container of 3 MiB', { memory: 3 }, ours(/^Invalid 'memory' setting for container 'app'\.$/)),
  container('port 70000', { portMappings: [{ containerPort: 70_000 }] }, ours(/containerPort 70000/)),
  container('port 0', { portMappings: [{ containerPort: 0 }] }, ours(/containerPort 0/)),
  container(
    'a negative host port',
    { portMappings: [{ containerPort: 80, hostPort: -1 }] },
    ours(/hostPort -1/),
  ),
  container(
    'a soft limit above the hard one',
    { ulimits: [{ name: 'nofile', softLimit: 2, hardLimit: 1 }] },
    ours(/ulimit nofile/),
  ),
  container('a stopTimeout of 121', { stopTimeout: 121 }, ours(/2 to 120 seconds/)),
  container(
    'a device on Fargate',
    { linuxParameters: { devices: [{ hostPath: '/dev/a' }] } },
    ours(/devices$/),
  ),
  container(
    'a GPU on Fargate',
    { resourceRequirements: [{ type: 'GPU', value: '1' }] },
    ours(/GPU resource requirements$/),
  ),
  registers(
    'two containers of a name',
    {
      containerDefinitions: [
        { name: 'a', image: 'a' },
        { name: 'a', image: 'b' },
      ],
    },
    ofAws(/^Container names should be unique\.$/),
  ),
  registers('no container', { containerDefinitions: [] }, ofAws(/^Container list cannot be empty\.$/)),
  container('no essential container', { essential: false }, ofAws(/^All containers are non-essential/)),
  registers(
    'an unknown network mode',
    { networkMode: 'overlay' },
    ours(/^networkMode should be one of \[awsvpc,bridge,host,none\]$/),
  ),
  registers(
    'an unknown compatibility',
    { requiresCompatibilities: ['LAMBDA'] },
    ours(/^requiresCompatibilities should be one of \[EC2,/),
  ),
  registers(
    'Managed Instances in bridge mode',
    { networkMode: 'bridge', requiresCompatibilities: ['MANAGED_INSTANCES'] },
    ours(/'awsvpc' and 'host'\.$/),
  ),
  registers(
    'external instances with a network of their own',
    { requiresCompatibilities: ['EXTERNAL'] },
    ours(/^External instances do not support network mode 'awsvpc'\.$/),
  ),
  registers(
    'an unknown CPU',
    { runtimePlatform: { cpuArchitecture: 'SPARC' } },
    ours(/cpuArchitecture should be one of \[ARM64,X86_64\]$/),
  ),
  container(
    'an unknown log driver',
    { logConfiguration: { logDriver: 'paper' } },
    ours(/logDriver should be one of \[awsfirelens,/),
  ),
  container(
    'an unknown ulimit',
    { ulimits: [{ name: 'dreams', softLimit: 1, hardLimit: 1 }] },
    ours(/ulimits\.0\.name should be one of \[core,/),
  ),
]
