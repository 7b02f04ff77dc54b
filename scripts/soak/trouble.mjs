// What may go wrong in a login of the soak. Several logins share one local ECS, so a fault of a call may strike another
// one than it was meant for: what is checked is that each ends in time, and that nothing is left.

/** Faults of the local ECS: each strikes once or twice. */
export const FAULTS = [
  { operation: 'GetCallerIdentity', error: 'AccessDeniedException', times: 1 },
  { operation: 'DescribeTaskDefinition', error: 'ThrottlingException', times: 2 },
  { operation: 'DescribeTaskDefinition', connection: 'reset', times: 1 },
  { operation: 'RunTask', status: 500, times: 1 },
  { operation: 'RunTask', connection: 'reset', times: 1 },
  { operation: 'RunTask', connection: 'answer-lost', times: 2 },
  { operation: 'RunTask', failure: 'RESOURCE:MEMORY', times: 1 },
  { operation: 'DescribeTasks', failure: 'MISSING', times: 2 },
  { operation: 'DescribeTasks', error: 'ThrottlingException', times: 2 },
  { operation: 'DescribeTasks', answerAfter: 500, times: 1 },
  { operation: 'DescribeNetworkInterfaces', error: 'RequestLimitExceeded', times: 1 },
  { operation: 'StopTask', error: 'ThrottlingException', times: 2 },
  { operation: 'StopTask', error: 'ExpiredTokenException', times: 1 },
  { operation: 'StopTask', connection: 'answer-lost', times: 1 },
  { operation: 'StopTask', error: 'AccessDeniedException', times: 1 },
  { task: 'cannot-pull', times: 1 },
  { task: 'no-public-address', times: 1 },
  { task: 'stops', after: 100, times: 1 },
  { task: 'dies', after: 100, times: 1 },
]

export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL']

export const COMMANDS = [
  ['true'],
  ['sh', '-c', 'exit 44'],
  ['sleep', '1'],
  ['head', '-c', '300000', '/dev/zero'],
  ['sh', '-c', 'kill -9 $PPID'],
]
