import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeAws } from '../../cli/aws/aws.ts'
import { openClients } from '../../cli/aws/open-clients.ts'

it('a stop with expired credentials is tried again with those that are there by now', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'fargate-login-test-'))
  const file = join(directory, 'credentials')
  const write = (key: string) =>
    writeFile(file, `[dev]\naws_access_key_id = ${key}\naws_secret_access_key = secret\n`)
  const keys: (string | undefined)[] = []
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    keys.push(/Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1])
    // Somebody signs in while the first attempt is on its way.
    if (keys.length === 1) await write('NEW')
    response.writeHead(keys.length === 1 ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(keys.length === 1 ? '{"__type":"ExpiredTokenException","message":"expired"}' : '{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await write('OLD')
  try {
    const endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const access = { endpointUrl, region: 'us-east-1', profile: 'dev' }
    const environment = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: '/nonexistent' }
    const { signal } = new AbortController()
    const clients = await openClients({ access, environment, askCode: () => expect.fail(), signal })
    const { tasks } = makeAws(clients, access)
    await tasks.stopTask('default', 'task', 'because', signal)
    expect(keys).toEqual(['OLD', 'NEW'])
  } finally {
    server.close()
    server.closeAllConnections()
    await rm(directory, { recursive: true })
  }
})
