import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { ECSClient } from '@aws-sdk/client-ecs'
import { expect, it } from 'vitest'
import { CLI, environment, runCli, startCli } from '../helpers/cli.ts'
import { register } from '../helpers/register.ts'

it('fargate-login local holds the secrets that it is told', async () => {
  const secrets = ['--secret', '/app/token=a=b', '--secret', 'other=x']
  const server = startCli(['local', '--runner', 'process', ...secrets])
  const printed = await server.printed(/FARGATE_LOGIN_SECURITY_GROUPS=.*\n/)
  const variables = Object.fromEntries(
    [...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value]) => [name, value]),
  )
  const client = new ECSClient({
    endpoint: variables.AWS_ENDPOINT_URL ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  await register(client, {
    family: 'secret',
    executionRoleArn: 'arn:aws:iam::000000000000:role/execution',
    containerDefinitions: [
      { name: 'app', image: 'app', secrets: [{ name: 'TOKEN', valueFrom: '/app/token' }] },
    ],
  })
  client.destroy()
  const exec = ['exec', '-q', '--task-definition', 'secret', '--container', 'app', '--no-inject']
  expect(await runCli([...exec, '--', 'printenv', 'TOKEN'], variables)).toMatchObject({
    status: 0,
    stdout: 'a=b\n',
  })
  server.child.kill('SIGTERM')
  await server.finished
})

it('fargate-login local refuses a secret without a value', async () => {
  const { status, stderr } = await runCli(['local', '--secret', 'name'])
  expect([status, stderr]).toEqual([2, expect.stringMatching(/--secret: expected VALUE_FROM=VALUE/)])
})

it('fargate-login local makes the faults that it is told', async () => {
  const server = startCli(['local', '--runner', 'process', '--fault', 'RunTask=failure:RESOURCE:CPU*1'])
  const printed = await server.printed(/FARGATE_LOGIN_SECURITY_GROUPS=.*\n/)
  const variables = Object.fromEntries(
    [...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value]) => [name, value]),
  )
  const exec = () => runCli(['exec', '-q', '--', 'true'], variables)
  expect((await exec()).stderr).toMatch(/RESOURCE:CPU \[task-not-placed\]/)
  expect((await exec()).status).toBe(0)
  server.child.kill('SIGTERM')
  await server.finished
})

it('fargate-login local refuses a fault that it does not know', async () => {
  const { status, stderr } = await runCli(['local', '--fault', 'task=sleeps'])
  expect([status, stderr]).toEqual([2, expect.stringMatching(/--fault task=sleeps: Expected OPERATION=WHAT/)])
})

it.each([
  ['Run=500', /no operation Run\. Did you mean RunTask\?/],
  ['RunTask=501', /status 501\. Use 500 or 503\./],
])('fargate-login local refuses the fault %s before it starts', async (fault, words) => {
  const { status, stdout, stderr } = await runCli(['local', '--runner', 'process', '--fault', fault])
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(words)])
})

it('fargate-login local ends when its variables cannot be printed', async () => {
  const full = await open('/dev/full', 'w')
  const command = spawn(process.execPath, [CLI, 'local', '--runner', 'process'], {
    env: environment({}),
    stdio: ['ignore', full.fd, 'pipe'],
  })
  const [said, [status]] = await Promise.all([
    text(command.stderr ?? Readable.from([])),
    once(command, 'close'),
  ])
  await full.close()
  expect(status).toBe(255)
  expect(said).toMatch(/variables cannot be printed: .*ENOSPC.*\[stream-failed\]/)
})

it('fargate-login local says what to do when it cannot have its port', async () => {
  const taken = createServer().listen({ host: '127.0.0.1', port: 0 })
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const { status, stderr } = await runCli(['local', '--runner', 'process', '--port', String(port)])
  taken.close()
  expect([status, stderr]).toEqual([
    255,
    expect.stringMatching(/cannot listen.*\[local-unavailable\]\n.*--port/),
  ])
})
