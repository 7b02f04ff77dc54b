import { randomUUID } from 'node:crypto'
import { ec2Id, macAddress } from '../../account/identifier.ts'
import type { Subnet } from '../../account/network.ts'
import type { TaskAddress } from '../../runners/runner.ts'

/** The ENI of an awsvpc task. */
export interface NetworkInterface {
  readonly attachmentId: string
  readonly id: string
  readonly macAddress: string
  readonly subnet: Subnet
  readonly securityGroups: readonly string[]
  /** Whether it gets a public address with its private one. */
  readonly isPublic: boolean
  status: 'PRECREATED' | 'ATTACHED' | 'DELETED'
  /** Absent until the interface is attached. */
  address?: TaskAddress
}

export interface NetworkChoice {
  readonly subnet: Subnet
  readonly securityGroups: readonly string[]
  readonly isPublic: boolean
}

export function makeNetworkInterface(choice: NetworkChoice): NetworkInterface {
  return {
    ...choice,
    attachmentId: randomUUID(),
    id: ec2Id('eni'),
    macAddress: macAddress(),
    status: 'PRECREATED',
  }
}

/** Equal to the private address, because only this machine can reach it. An IPv6-only subnet has no public address. */
export function publicAddress({ isPublic, address }: NetworkInterface): string | undefined {
  return isPublic ? address?.ipv4 : undefined
}

export function privateDnsName(ipv4: string): string {
  return `ip-${ipv4.replaceAll('.', '-')}.ec2.internal`
}
