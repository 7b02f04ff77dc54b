import type { Call } from '../protocol/call.ts'

/** An answer with HTTP 200 in which nothing succeeded: `failures` as RunTask and the Describe operations have it. */
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

/** The members in which an operation is asked, and answers. */
const LISTS: Readonly<Record<string, { readonly list: string; readonly asked: string }>> = {
  DescribeTasks: { list: 'tasks', asked: 'tasks' },
  DescribeServices: { list: 'services', asked: 'services' },
  DescribeClusters: { list: 'clusters', asked: 'clusters' },
  DescribeContainerInstances: { list: 'containerInstances', asked: 'containerInstances' },
}
