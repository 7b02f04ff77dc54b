import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import { FargateLoginError } from '../../../cli/core/error.ts'
import { chooseContainer } from '../../../cli/core/plan/container.ts'
import { shortcutCommand } from '../../../cli/core/plan/shortcut.ts'
import { taskStopped } from '../../../cli/core/task/stop-reason.ts'
import { awsEcsCommand } from '../../../cli/core/text/paste.ts'
import { errorText } from '../../../cli/terminal/error-text.ts'
import { foreign } from '../../helpers/foreign.ts'
import { DEFINITION, TASK } from '../../helpers/values.ts'

const MARK = join(import.meta.dirname, 'executed')
const shell = fc.constantFrom(
  `$(touch ${MARK})`,
  `\`touch ${MARK}\``,
  `'; touch ${MARK}; '`,
  `"; touch ${MARK}; "`,
  `' || touch ${MARK} #`,
  `\\'; touch ${MARK}; \\'`,
  `& touch ${MARK}`,
  `| touch ${MARK}`,
  `x\ntouch ${MARK}\n`,
  '-n',
  '--',
  '~',
  '*',
  '{a,b}',
  '[a-z]',
  '!!',
  '\\',
  '\\\n',
  '$HOME',
  '#x',
  '<(id)',
  '>x',
  '',
)
/** What no argument of a program can hold is no matter here. */
const word = fc
  .oneof(
    shell,
    foreign,
    fc.tuple(shell, foreign, shell).map((parts) => parts.join('')),
  )
  .map((text) => Buffer.from(text.replaceAll('\0', '')).toString())

/** The words that a POSIX shell reads in a command for `aws`, which is not called. */
function readBack(command: string): readonly string[] {
  const script = `aws() { printf '%s\\0' "$@"; }\n${command}`
  const { stdout, status, stderr } = spawnSync('sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(existsSync(MARK)).toBe(false)
  return stdout.split('\0').slice(0, -1)
}

const RUNS = { numRuns: 30 }

describe('a command to paste', () => {
  it('is read by a shell as exactly the words that it is made of', () => {
    fc.assert(
      fc.property(word, word, word, word, (region, profile, cluster, arn) => {
        const access = { region, profile, endpointUrl: 'http://x?a&b' }
        const end = ['--region', region, '--profile', profile, '--endpoint-url', 'http://x?a&b']
        const words = ['stop-task', '--cluster', cluster, '--task', arn]
        expect(readBack(awsEcsCommand(access, ...words))).toEqual(['ecs', ...words, ...end])
      }),
      RUNS,
    )
  })

  it('to look at a stopped task has its words, whatever ECS calls it', () => {
    fc.assert(
      fc.property(word, word, (cluster, id) => {
        fc.pre(cluster !== '' && id !== '' && !/\//.test(`${cluster}${id}`))
        const arn = `arn:aws:ecs:r:1:task/${cluster}/${id}`
        const { hint = '' } = taskStopped({ ...TASK, arn }, {})
        expect(readBack(hint.slice(hint.indexOf('aws ecs')))).toEqual([
          'ecs',
          'describe-tasks',
          '--cluster',
          cluster,
          '--tasks',
          arn,
          '--region',
          'r',
        ])
      }),
      RUNS,
    )
  })

  it('executes nothing as it is shown, where what cannot be shown is escaped', () => {
    fc.assert(
      fc.property(word, word, (cluster, arn) => {
        const hint = `Stop it with:\n  ${awsEcsCommand({}, 'stop-task', '--cluster', cluster, '--task', arn)}`
        const error = new FargateLoginError('stop-unconfirmed', 'x', { hint })
        const shown = errorText(error, { colours: picocolors.createColors(false), verbose: false })
        const words = readBack(shown.slice(shown.indexOf('  aws ecs')))
        expect(words.slice(0, 3)).toEqual(['ecs', 'stop-task', '--cluster'])
      }),
      RUNS,
    )
  })

  it('to choose a container names each in one word', () => {
    fc.assert(
      fc.property(word, word, (name, image) => {
        fc.pre(!name.includes('\n'))
        const one = { name, image, labels: {} }
        const definition = { ...DEFINITION, containers: [one, one] as const }
        const error = (() => {
          try {
            return chooseContainer(definition, undefined)
          } catch (error) {
            return error
          }
        })()
        fc.pre(error instanceof FargateLoginError)
        const [, line = '', ...rest] = (error as FargateLoginError).hint?.split('\n') ?? []
        expect(rest).toHaveLength(1)
        const option = line.slice(0, line.lastIndexOf('   (image '))
        expect(readBack(`aws ${option.trimStart()}`)).toEqual(['--container', name])
      }),
      RUNS,
    )
  })

  it('of a shortcut with more words has them as they are', () => {
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(readBack(shortcutCommand('aws a "b c"', words))).toEqual(['a', 'b c', ...words])
        expect(readBack(shortcutCommand(['aws', 'b c'], words))).toEqual(['b c', ...words])
      }),
      RUNS,
    )
  })
})
