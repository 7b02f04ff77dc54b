import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { claimAddress, claimOwnAddress } from '../../local-ecs/runners/loopback-address.ts'
import { NotPlaced } from '../../local-ecs/runners/not-placed.ts'
import { freePort } from '../helpers/free-port.ts'

it.runIf(process.platform === 'linux')(
  'passes over addresses on which somebody listens, or will',
  async () => {
    const port = await freePort()
    const server = createServer().listen({ host: '127.0.0.2', port })
    await once(server, 'listening')
    const claims = [await claimOwnAddress([port]), await claimOwnAddress([port])]
    expect(claims.map(({ address }) => address)).toEqual(['127.0.0.3', '127.0.0.4'])
    await Promise.all(claims.map((claim) => claim.release()))
    const again = await claimOwnAddress([port])
    expect(again.address).toBe('127.0.0.3')
    await again.release()
    server.close()
  },
)

it('leaves TCP to the task that claimed the address', async () => {
  const port = await freePort()
  const claim = await claimAddress('127.0.0.1', [port], 'RESOURCE:PORTS')
  const server = createServer().listen({ host: '127.0.0.1', port })
  await once(server, 'listening')
  server.close()
  await claim.release()
})

it('says what is short', async () => {
  const port = await freePort()
  const claim = await claimAddress('127.0.0.1', [port], 'RESOURCE:PORTS')
  const second = claimAddress('127.0.0.1', [port], 'RESOURCE:PORTS')
  await expect(second).rejects.toMatchObject({ reason: 'RESOURCE:PORTS' })
  await claim.release()
  // An address for documentation: no machine has it.
  await expect(claimAddress('192.0.2.1', [port], 'RESOURCE:ENI')).rejects.toThrow(NotPlaced)
})
