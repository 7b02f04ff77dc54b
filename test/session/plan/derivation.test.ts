import { describe, expect, it } from 'vitest'
import type { Config } from '../../../cli/core/config/config.ts'
import { type ErrorCode, FargateLoginError } from '../../../cli/core/error.ts'
import type { PlannedDerivation } from '../../../cli/core/plan/planned-derivation.ts'
import type { TaskDefinitionDocument } from '../../../cli/core/task/definition-document.ts'
import type { TaskDefinition } from '../../../cli/core/task/task-definition.ts'
import { derive } from '../../../cli/session/plan/derivation.ts'
import { prepareSession } from '../../../cli/session/plan/prepare.ts'
import { runSession } from '../../../cli/session/run.ts'
import { type FakeCalls, fakePorts } from '../../helpers/fake-ports.ts'
import { fakeTerminal } from '../../helpers/fake-terminal.ts'
import { attending, CONFIG, DEFINITION, RUNNING_TASK, TYPED } from '../../helpers/values.ts'

const NEVER = new AbortController().signal
const INJECT: Config = { ...CONFIG, inject: true, toolkitImage: 'toolkit:1' }
const DERIVED = 'arn:aws:ecs:us-east-1:123456789012:task-definition/web-fargate-login:'

const planned: PlannedDerivation = derive(INJECT, DEFINITION, '0')

/** What is registered: documents in the order in which ECS lists them, the newest first. */
function registered(...documents: readonly TaskDefinitionDocument[]): Partial<FakeCalls> {
  return {
    listTaskDefinitions: async () => documents.map((_, index) => `${DERIVED}${documents.length - index}`),
    describeTaskDefinition: async (name): Promise<TaskDefinition> => {
      const revision = Number(name.slice(DERIVED.length))
      const document = name.startsWith(DERIVED) ? documents[documents.length - revision] : undefined
      return document ? { ...DEFINITION, arn: name, document } : DEFINITION
    },
  }
}

async function login(replace: Partial<FakeCalls> = {}, cancel: AbortSignal = NEVER, config = INJECT) {
  const ran: string[] = []
  const { ports, log } = fakePorts({
    runTask: async ({ taskDefinition }) => {
      ran.push(taskDefinition)
      return { ...RUNNING_TASK, lastStatus: 'PROVISIONING', networkInterface: {} }
    },
    ...replace,
  })
  const preparation = {
    config,
    activity: attending({ pty: false }),
    version: '0',
    localUser: 'me',
    typed: TYPED,
  }
  const outcome = await prepareSession(preparation, ports, cancel)
    .then((prepared) => runSession(prepared, fakeTerminal(), ports, cancel))
    .catch((error: unknown) => error)
  return { outcome, log, ran, warnings: log.filter((line) => line.startsWith('warning: ')) }
}

function failing(code: ErrorCode): () => Promise<never> {
  return async () => {
    throw new FargateLoginError(code, `${code} on purpose`, { hint: 'what AWS says' })
  }
}

/** The registration as ECS describes it: with what only a description has, and with empty lists. */
function described(document: TaskDefinitionDocument): TaskDefinitionDocument {
  const { tags: _, ...others } = document
  return {
    ...others,
    status: 'ACTIVE',
    placementConstraints: [],
    containerDefinitions: others.containerDefinitions?.map((one) => ({ ...one, volumesFrom: [] })),
  } as TaskDefinitionDocument
}

/** With the right hash, and another image under it. */
function planted(): TaskDefinitionDocument {
  const { containerDefinitions, ...others } = described(planned.registration)
  return {
    ...others,
    containerDefinitions: containerDefinitions?.map((one) =>
      one.name === 'app' ? { ...one, image: 'evil' } : one,
    ),
  } as TaskDefinitionDocument
}

describe('a revision that is registered already', () => {
  it('is run, and nothing is registered', async () => {
    const { outcome, log, ran, warnings } = await login(registered({}, described(planned.registration)))
    expect(outcome).toBe(0)
    expect(ran).toEqual([`${DERIVED}1`])
    expect(log).not.toContain('registerTaskDefinition')
    expect(warnings).toEqual([])
  })

  it('is passed over, with a warning, when only its hash is what is wanted', async () => {
    const { outcome, ran, warnings } = await login({
      ...registered(planted()),
      registerTaskDefinition: async () => `${DERIVED}2`,
    })
    expect(outcome).toBe(0)
    expect(ran).toEqual([`${DERIVED}2`])
    expect(warnings).toEqual([expect.stringContaining(`${DERIVED}1 carries our hash`)])
    expect(warnings[0]).toContain('containers.app.image')
  })

  it('is passed over when it has what this version does not know, unless the original has it too', async () => {
    const describeTaskDefinition = (unread: readonly string[]): Partial<FakeCalls> => {
      const calls = registered(described(planned.registration))
      return {
        ...calls,
        describeTaskDefinition: async (name, signal) => ({
          ...((await calls.describeTaskDefinition?.(name, signal)) ?? DEFINITION),
          unread: name.startsWith(DERIVED) ? ['containerDefinitions[].new'] : unread,
        }),
      }
    }
    const planting = await login(describeTaskDefinition([]))
    expect(planting.log).toContain('registerTaskDefinition')
    expect(planting.warnings).toEqual([expect.stringContaining('differs in containerDefinitions[].new;')])
    const newer = await login(describeTaskDefinition(['containerDefinitions[].new']))
    expect(newer.ran).toEqual([`${DERIVED}1`])
    expect(newer.warnings).toEqual([
      expect.stringContaining('This version does not know containerDefinitions[].new of '),
    ])
  })

  it('is found behind one that has been planted', async () => {
    const { ran } = await login(registered(planted(), described(planned.registration)))
    expect(ran).toEqual([`${DERIVED}1`])
  })
})

describe('a family', () => {
  const theirs = { status: 'ACTIVE', containerDefinitions: [{ name: 'app' }] }

  it("that is somebody else's gets no revision", async () => {
    const { outcome, log } = await login(registered(theirs, described(planned.registration), theirs))
    expect(outcome).toBe(0)
    expect(log).not.toContain('registerTaskDefinition')
    const other = await login(registered(theirs))
    expect(other.outcome).toMatchObject({
      code: 'task-definition-unusable',
      message: expect.stringContaining(`fargate-login did not derive ${DERIVED}1`),
      hint: expect.stringContaining('--task-definition web-fargate-login:1'),
    })
    expect(other.log).not.toContain('registerTaskDefinition')
    expect(other.ran).toEqual([])
  })

  it('gets one where the newest has been deregistered', async () => {
    const inactive = { ...described(planned.registration), status: 'INACTIVE' }
    const { ran } = await login({
      ...registered(inactive, { ...theirs, status: 'INACTIVE' }),
      registerTaskDefinition: async () => `${DERIVED}3`,
    })
    expect(ran).toEqual([`${DERIVED}3`])
  })
})

describe('registering', () => {
  it('is done again when the revision that was found is deregistered before it runs', async () => {
    const ran: string[] = []
    const { outcome, log } = await login({
      ...registered(described(planned.registration)),
      registerTaskDefinition: async () => `${DERIVED}2`,
      runTask: async ({ taskDefinition }) => {
        ran.push(taskDefinition)
        if (taskDefinition === `${DERIVED}1`) return failing('task-definition-inactive')()
        return { ...RUNNING_TASK, lastStatus: 'PROVISIONING', networkInterface: {} }
      },
    })
    expect(outcome).toBe(0)
    expect(ran).toEqual([`${DERIVED}1`, `${DERIVED}2`])
    expect(log.filter((line) => line === 'registerTaskDefinition')).toHaveLength(1)
  })

  it('is not done forever', async () => {
    const { outcome, log } = await login({
      registerTaskDefinition: async () => `${DERIVED}1`,
      runTask: failing('task-definition-inactive'),
    })
    expect(outcome).toMatchObject({ code: 'task-definition-inactive' })
    expect(log.filter((line) => line === 'runTask')).toHaveLength(1)
  })

  it('waits while others register in the family, and takes theirs where it is the same', async () => {
    const all: TaskDefinitionDocument[] = []
    const listed = () => registered(...all)
    const { outcome, ran } = await login({
      listTaskDefinitions: async (...args) => (await listed().listTaskDefinitions?.(...args)) ?? [],
      describeTaskDefinition: async (...args) =>
        (await listed().describeTaskDefinition?.(...args)) ?? DEFINITION,
      registerTaskDefinition: async (document) => {
        all.push(described(document))
        return failing('register-busy')()
      },
    })
    expect(outcome).toBe(0)
    expect(ran).toEqual([`${DERIVED}1`])
  })

  it('waits while others register in the family, and then does it', async () => {
    let busy = 2
    const { ran } = await login({
      registerTaskDefinition: async () => (busy-- > 0 ? failing('register-busy')() : `${DERIVED}7`),
    })
    expect(ran).toEqual([`${DERIVED}7`])
    const never = await login({ registerTaskDefinition: failing('register-busy') })
    expect(never.outcome).toMatchObject({ code: 'register-busy' })
    expect(never.ran).toEqual([])
  })

  it('comes before the task, which runs what was registered', async () => {
    const { outcome, log, ran } = await login({ registerTaskDefinition: async () => `${DERIVED}1` })
    expect(outcome).toBe(0)
    expect(ran).toEqual([`${DERIVED}1`])
    expect(log.indexOf('registerTaskDefinition')).toBeLessThan(log.indexOf('runTask'))
  })

  it('that the caller may not do ends in JSON for somebody who may, valid whatever it holds', async () => {
    const odd = 'one\n\x1b[2J\u202e\u{e0001}'
    const [app] = DEFINITION.document.containerDefinitions ?? []
    const document = {
      ...DEFINITION.document,
      containerDefinitions: [{ ...app, environment: [{ name: 'ODD', value: odd }] }],
    }
    const { outcome, ran } = await login({
      describeTaskDefinition: async () => ({ ...DEFINITION, document }),
      registerTaskDefinition: failing('register-refused'),
    })
    expect(ran).toEqual([])
    expect(outcome).toMatchObject({ code: 'register-refused', message: 'register-refused on purpose' })
    const { hint = '' } = outcome as FargateLoginError
    expect(hint).toContain('aws ecs register-task-definition --cli-input-json file://web-fargate-login.json')
    expect(hint).toMatch(/secrets included/)
    expect(hint).not.toMatch(/[\x1b\u202e]/)
    const json = JSON.parse(hint.slice(hint.indexOf('\n{')))
    expect(json.family).toBe('web-fargate-login')
    expect(json.containerDefinitions[1].environment).toEqual([{ name: 'ODD', value: odd }])
  })

  it.each(['aws-refused', 'aws-unreachable', 'credentials-missing'] as const)(
    'that fails otherwise, with %s, says just that, and runs nothing',
    async (code) => {
      const { outcome, ran } = await login({ registerTaskDefinition: failing(code) })
      expect(outcome).toMatchObject({ code, hint: 'what AWS says' })
      expect(ran).toEqual([])
    },
  )

  it('that is cancelled runs nothing', async () => {
    const cancel = new AbortController()
    const reason = new FargateLoginError('cancelled', 'Ended by SIGINT.', { exitCode: 130 })
    const { outcome, ran } = await login(
      {
        registerTaskDefinition: async (_, signal) => {
          cancel.abort(reason)
          signal.throwIfAborted()
          return `${DERIVED}1`
        },
      },
      cancel.signal,
    )
    expect(outcome).toBe(reason)
    expect(ran).toEqual([])
  })

  it('whose answer is lost is found by the next login', async () => {
    const all: TaskDefinitionDocument[] = []
    const first = await login({
      registerTaskDefinition: async (document) => {
        all.push(described(document))
        return failing('aws-unreachable')()
      },
    })
    expect(first.outcome).toMatchObject({ code: 'aws-unreachable' })
    const second = await login(registered(...all))
    expect(second.ran).toEqual([`${DERIVED}1`])
    expect(second.log).not.toContain('registerTaskDefinition')
  })
})
