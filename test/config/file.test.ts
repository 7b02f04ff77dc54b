import { describe, expect, it } from 'vitest'
import { parseConfigFile } from '../../cli/config/file/parse-file.ts'

function parse(source: string) {
  return parseConfigFile('fargate-login.yaml', source)
}

function complaint(source: string): string {
  try {
    parse(source)
  } catch (error) {
    const { message, hint, exitCode } = error as { message: string; hint?: string; exitCode: number }
    expect(exitCode).toBe(2)
    return `${message}${hint === undefined ? '' : ` | ${hint}`}`
  }
  throw new Error('no complaint')
}

describe('the config file', () => {
  it('has defaults, targets and shortcuts', () => {
    const file = parse(`
defaults:
  region: eu-west-1
  timeout: 120
targets:
  web:
    service: web
    subnets: [subnet-1, subnet-2]
    security-groups: sg-1,sg-2
    public-ip: false
    env: { RAILS_ENV: production, WORKERS: 2, VERSION: 1.10, ACCOUNT: 012345678901 }
shortcuts:
  console: bin/rails console
  report: [bin/rake, report daily]
`)
    expect(file.defaults).toEqual({ region: 'eu-west-1', timeout: 120 })
    expect(file.targets.get('web')).toEqual({
      service: 'web',
      subnets: ['subnet-1', 'subnet-2'],
      securityGroups: ['sg-1', 'sg-2'],
      publicIp: false,
      environment: { RAILS_ENV: 'production', WORKERS: '2', VERSION: '1.10', ACCOUNT: '012345678901' },
    })
    expect(file.shortcuts).toEqual({ console: 'bin/rails console', report: ['bin/rake', 'report daily'] })
  })

  it('takes numbers for words of a shortcut, as they are spelt', () => {
    const { shortcuts } = parse('shortcuts: { wait: [sleep, 30, 1.10, 0x1F, true], nothing: [echo, ""] }')
    expect(shortcuts).toEqual({ wait: ['sleep', '30', '1.10', '0x1F', 'true'], nothing: ['echo', ''] })
    expect(complaint('shortcuts:\n  a: [x, [y]]\n')).toMatch(/yaml:2: shortcuts\.a: expected a command line/)
    expect(complaint('shortcuts:\n  a: [x, ~]\n')).toMatch(/yaml:2: shortcuts\.a: expected a command line/)
  })

  it('may repeat itself by anchors and merge keys', () => {
    const file = parse(`
defaults: &base { cluster: a, region: &region eu-west-1 }
targets:
  same: *base
  more: { <<: *base, cluster: b }
  both: { <<: [{ timeout: 1 }, { timeout: 2, port: 22 }], region: *region }
`)
    expect(file.targets.get('same')).toEqual({ cluster: 'a', region: 'eu-west-1' })
    expect(file.targets.get('more')).toEqual({ cluster: 'b', region: 'eu-west-1' })
    expect(file.targets.get('both')).toEqual({ timeout: 1, port: 22, region: 'eu-west-1' })
  })

  it.each(['', '# nothing but a comment\n', 'targets:\n', 'targets:\n  web:\n'])(
    'may say little: %j',
    (source) => {
      expect(parse(source).defaults).toEqual({})
    },
  )

  it.each([
    [
      'defaults:\n  clutser: x\n',
      /^fargate-login\.yaml:2: defaults\.clutser: unknown key\. \| Did you mean "cluster"\?$/,
    ],
    [
      'defaults:\n  memory: 512\n',
      /yaml:2: defaults\.memory: unknown key\. \| Known keys: service, .*region/,
    ],
    ['images:\n  web: {}\n', /yaml:1: images: unknown key\. \| Known keys: defaults, targets, shortcuts\.$/],
    ['cluster: prod\n', /yaml:1: cluster: unknown key\. \| Put it below defaults: or below a target\.$/],
    ['defaults: {}\n---\ntargets: {}\n', /yaml:2: a second YAML document begins here.*Remove the line "---"/],
    ['defaults:\n\tregion: a\n', /yaml:2: a tab indents this line\. Use spaces\./],
    [
      'targets:\n  web:\n    taskDefinition: x\n',
      /yaml:3: targets\.web\.taskDefinition: .*Did you mean "task-definition"\?/,
    ],
    [
      'targets:\n  web:\n    port: "22"\n',
      /yaml:3: targets\.web\.port: expected a whole number from 1 to 65535, got "22"/,
    ],
    ['targets:\n  web:\n    port: 99999\n', /got 99999/],
    ['targets:\n  web:\n    service: 7\n', /yaml:3: targets\.web\.service: expected text, got 7/],
    ['targets:\n  web:\n    public-ip: yes please\n', /expected true or false, got "yes please"/],
    ['targets:\n  web:\n    address: any\n', /expected one of auto, private, public, ipv6, got "any"/],
    ['targets:\n  web:\n    subnets: []\n', /expected subnet ids/],
    ['targets:\n  web:\n    env: [A]\n', /yaml:3: targets\.web\.env: expected a mapping/],
    [
      'defaults:\n  env:\n    PW: hunter2\n    X:\n',
      /^(?!.*hunter2).*yaml:4: defaults\.env\.X: expected NAME: text/,
    ],
    ['targets:\n  web: prod\n', /yaml:2: targets\.web: expected a mapping, got "prod"/],
    ['targets: [web]\n', /yaml:1: targets: expected a mapping/],
    ['- a\n', /yaml:1: the file: expected a mapping/],
    ['target:\n  web: {}\n', /yaml:1: target: unknown key\. \| Did you mean "targets"\?$/],
    ['shortcuts:\n  a: {}\n', /yaml:2: shortcuts\.a: expected a command line/],
    ['defaults:\n  region: a\n  region: b\n', /yaml:3: defaults\.region: this key is already in line 2\./],
    ['defaults: {\n', /yaml:\d+: /],
    ['targets: *nowhere\n', /yaml:1: nowhere: no such anchor/],
    ['defaults:\n  subnets: [*nowhere]\n', /yaml:2: .*nowhere/],
    ['defaults: &d\n  <<: *d\n', /yaml:2: defaults: a mapping cannot merge itself/],
    ['defaults:\n  local: true\n', /defaults\.local: unknown key/],
  ])('names file, line and key: %j', (source, words) => {
    expect(complaint(source)).toMatch(words)
  })
})
