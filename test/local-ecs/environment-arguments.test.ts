import { expect, it } from 'vitest'
import { environmentArguments } from '../../local-ecs/runners/container/arguments/environment-arguments.ts'

it('shows no value of a variable on the command line of the engine', () => {
  const variables = { DATABASE_URL: 'secret', 'dotted.name': 'x', LINES_OF: 'one\ntwo' }
  expect(environmentArguments(variables)).toEqual({
    args: ['-e', 'DATABASE_URL', '-e', 'dotted.name', '-e', 'LINES_OF'],
    environment: variables,
  })
})

it("keeps names that mean something to the engine's client away from it", () => {
  const { args, environment } = environmentArguments({
    PATH: '/app/bin',
    DOCKER_HOST: 'tcp://elsewhere',
    LD_PRELOAD: 'x.so',
    'A*': 'glob',
  })
  expect(args).toEqual(
    ['PATH=/app/bin', 'DOCKER_HOST=tcp://elsewhere', 'LD_PRELOAD=x.so', 'A*=glob'].flatMap((pair) => [
      '-e',
      pair,
    ]),
  )
  expect(environment).toEqual({})
})
