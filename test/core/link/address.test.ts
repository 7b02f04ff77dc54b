import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseAwsvpcRoute, hostPort } from '../../../cli/core/link/address.ts'
import { RUNNING_TASK, TASK } from '../../helpers/values.ts'

const bridge = { network: 'bridge', family: 'auto', port: 2222 } as const
const auto = { network: 'awsvpc', family: 'auto', publicIpExpected: true, port: 22 } as const

describe('chooseAwsvpcRoute', () => {
  it('waits for the public address that is expected', () => {
    expect(chooseAwsvpcRoute(TASK, auto, undefined)).toBeUndefined()
    expect(chooseAwsvpcRoute({ ...RUNNING_TASK, lastStatus: 'PENDING' }, auto, null)).toBeUndefined()
    expect(chooseAwsvpcRoute(TASK, auto, '203.0.113.1')).toMatchObject({
      host: '203.0.113.1',
      found: 'public',
    })
  })

  it('takes the private one when a running task has no public one after all', () => {
    expect(chooseAwsvpcRoute(RUNNING_TASK, auto, null)).toMatchObject({
      host: '10.0.0.7',
      found: 'private',
    })
  })

  it('takes IPv6 where the subnet has nothing else', () => {
    const task = { ...RUNNING_TASK, networkInterface: { id: 'eni-1', ipv6: '2001:db8::7' } }
    const route = { ...auto, publicIpExpected: false }
    expect(chooseAwsvpcRoute(task, route, undefined)).toMatchObject({
      host: '2001:db8::7',
      found: 'ipv6',
    })
  })

  it('never gives an address of another family than the one asked for', () => {
    const optional = fc.option(fc.string({ minLength: 1 }), { nil: undefined })
    fc.assert(
      fc.property(
        fc.record({ privateIpv4: optional, ipv6: optional, publicIp: fc.option(fc.string(), { nil: null }) }),
        fc.constantFrom('private', 'public', 'ipv6', 'auto'),
        fc.constantFrom('PROVISIONING', 'PENDING', 'RUNNING'),
        fc.boolean(),
        ({ privateIpv4, ipv6, publicIp }, family, lastStatus, publicIpExpected) => {
          const networkInterface = {
            ...(privateIpv4 !== undefined && { privateIpv4 }),
            ...(ipv6 !== undefined && { ipv6 }),
          }
          const task = { ...TASK, lastStatus, networkInterface }
          const route = { network: 'awsvpc', family, publicIpExpected, port: 2222 } as const
          const address = chooseAwsvpcRoute(task, route, publicIp)
          if (!address) return
          const known = { private: privateIpv4, public: publicIp, ipv6 } as const
          expect(address.found).not.toBe('container instance')
          expect(address.host).toBe(known[address.found as keyof typeof known])
          if (family !== 'auto') expect(address.found).toBe(family)
        },
      ),
    )
  })
})

describe('a route', () => {
  it('has the port, and the security groups for hints', () => {
    const planned = { ...auto, securityGroups: ['sg-1'] }
    expect(chooseAwsvpcRoute(TASK, planned, '203.0.113.1')).toEqual({
      kind: 'tcp',
      host: '203.0.113.1',
      port: 22,
      found: 'public',
      securityGroups: ['sg-1'],
    })
  })
})

describe('hostPort', () => {
  it('finds the dynamic port of the right container and port', () => {
    const containers = [
      { name: 'proxy', ports: [{ containerPort: 2222, hostPort: 1 }] },
      {
        name: 'app',
        ports: [
          { containerPort: 80, hostPort: 2 },
          { containerPort: 2222, hostPort: 32768 },
        ],
      },
    ]
    expect(hostPort({ ...TASK, containers }, 'app', bridge)).toBe(32768)
    expect(hostPort({ ...TASK, containers }, 'app', { ...bridge, port: 22 })).toBeUndefined()
  })

  it('is the one of the task definition when the task runs and shows no ports', () => {
    const containers = [{ name: 'app', ports: [] }]
    const running = { ...TASK, lastStatus: 'RUNNING', containers }
    expect(hostPort(running, 'app', { ...bridge, hostPort: 2200 })).toBe(2200)
    expect(hostPort(running, 'app', bridge)).toBeUndefined()
    expect(
      hostPort({ ...running, lastStatus: 'PENDING' }, 'app', { ...bridge, hostPort: 2200 }),
    ).toBeUndefined()
  })
})
