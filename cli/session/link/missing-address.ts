import type { AddressFamily } from '../../core/config/config.ts'
import { FargateLoginError } from '../../core/error.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { TaskSnapshot } from '../../core/task/task.ts'

/**
 * The error with the next action for the address that was wanted.
 * @param cause the time-out, if the task is not running yet
 */
export function addressMissing(plan: Pick<Plan, 'reach'>, fact: string, cause?: unknown): FargateLoginError {
  const { family } = plan.reach.route
  const hint = cause !== undefined && family === 'private' ? HINTS.auto : HINTS[family]
  return new FargateLoginError('address-missing', fact, { hint, cause })
}

const HINTS: Readonly<Record<AddressFamily, string>> = {
  auto: 'Check the state of the task above: ECS attaches the network interface while the task is PENDING.',
  private: 'Leave out --address. A subnet with IPv6 only has no private IPv4 addresses.',
  public:
    'Check that the subnet is public (a route to an internet gateway), or use --address private over VPN or peering.',
  ipv6:
    'Check that the subnet has an IPv6 range, and that the account enables dualStackIPv6 for awsvpc tasks. ' +
    'Or leave out --address.',
}

/** @param askedEc2 whether EC2 was asked for a public address */
export function missingFact(
  { networkInterface: { id } }: TaskSnapshot,
  plan: Pick<Plan, 'reach'>,
  askedEc2: boolean,
): string {
  return askedEc2 && id !== undefined
    ? `The task is running, but EC2 reports no public address for ${id}.`
    : `The task is running, and ECS reports no ${addressKind(plan)} for it.`
}

/** The addresses that the task has instead. */
export function addressesOf({ networkInterface: { privateIpv4, ipv6 } }: TaskSnapshot): string {
  const known = [
    ...(privateIpv4 === undefined ? [] : [`${privateIpv4} (private)`]),
    ...(ipv6 === undefined ? [] : [`${ipv6} (ipv6)`]),
  ]
  return known.length === 0 ? 'It has no other address.' : `It has ${known.join(' and ')}.`
}

export function addressKind({ reach: { route } }: Pick<Plan, 'reach'>): string {
  if (route.family === 'auto') return 'address'
  return route.family === 'ipv6' ? 'IPv6 address' : `${route.family} address`
}
