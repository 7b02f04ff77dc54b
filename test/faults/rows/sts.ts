import type { Row } from '../row.ts'
import { AWS_FAULTS, type AwsFault, callFault } from './aws-faults.ts'

/** Who calls is nice to know, for a tag, and nothing else depends on it. */
export const sts: readonly Row[] = (Object.keys(AWS_FAULTS) as AwsFault[]).map((fault) => ({
  step: 'STS',
  fault,
  arrange: { faults: [callFault('GetCallerIdentity', fault)] },
  expect: { status: 0, task: 'stopped by the client' },
}))
