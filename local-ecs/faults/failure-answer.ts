import type { Call } from '../protocol/call.ts'

/** An HTTP 200 answer without any success: `failures`, in the form of RunTask and of the Describe operations. */
export function failureAnswer(
  { operation, input }: Call,
  { failure: reason, detail }: { readonly failure: string; readonly detail?: string },
): unknown {
  const common = { reason, ...(detail !== undefined && { detail }) }
  if (operation === 'RunTask') return { tasks: [], failures: [common] }
  const { list, asked } = LISTS[operation] ?? {}
  if (list === undefined || asked === undefined) return { failures: [common] }
  const arns = (input as Readonly<Record<string, readonly string[] | undefined>>)[asked] ?? []
  return { [list]: [], failures: arns.map((arn) => ({ arn, ...common })) }
}

/** Whether the operation's answer has a list of failures. */
export function hasFailures(operation: string): boolean {
  return operation === 'RunTask' || Object.hasOwn(LISTS, operation)
}

/** The names of the lists in an operation's input and answer. */
const LISTS: Readonly<Record<string, { readonly list: string; readonly asked: string }>> = {
  DescribeTasks: { list: 'tasks', asked: 'tasks' },
  DescribeServices: { list: 'services', asked: 'services' },
  DescribeClusters: { list: 'clusters', asked: 'clusters' },
  DeleteTaskDefinitions: { list: 'taskDefinitions', asked: 'taskDefinitions' },
  DescribeContainerInstances: { list: 'containerInstances', asked: 'containerInstances' },
}
