import { describe, expect, it } from 'vitest'
import { parseIni } from '../../cli/aws/files/ini.ts'
import { readSharedFiles } from '../../cli/aws/files/shared-files.ts'
import { makeHome } from '../helpers/aws/home.ts'

function parsed(text: string) {
  return Object.fromEntries([...parseIni(text)].map(([name, keys]) => [name, Object.fromEntries(keys)]))
}

describe('a file of the AWS CLI', () => {
  it.each([
    ['plain', '[a]\nregion = eu-west-1\n'],
    ['with the line ends of Windows', '[a]\r\nregion = eu-west-1\r\n'],
    ['with a byte order mark', '\ufeff[a]\nregion=eu-west-1'],
    ['with a colon', '[a]\nregion: eu-west-1\n'],
    ['with keys in capitals', '[a]\nREGION=eu-west-1\n'],
    ['with indented keys', '  [a]\n  region = eu-west-1\n'],
    ['with comments', '# one\n[a] ; two\n; three\nregion = eu-west-1 # four\n'],
    ['with junk', 'junk\nregion = us-east-1\n[a]\nwhat is this\n= 5\nregion = eu-west-1\n'],
    ['with a section twice', '[a]\nregion = us-east-1\n[a]\nregion = eu-west-1\n'],
  ])('is read %s', (_, text) => {
    expect(parsed(text)).toEqual({ a: { region: 'eu-west-1' } })
  })

  it('has nested blocks, which end with the indentation', () => {
    const text = '[a]\ns3 =\n  max_queue_size = 10\n  region = x\nregion = eu-west-1\n'
    expect(parsed(text).a).toEqual({ 's3.max_queue_size': '10', 's3.region': 'x', region: 'eu-west-1' })
  })

  it('has whole command lines and values with an equals sign', () => {
    const text = `[a]\ncredential_process = sh -c 'x=1 ; echo "#"' # no comment\naws_session_token = abc==\n`
    expect(parsed(text).a).toEqual({
      credential_process: `sh -c 'x=1 ; echo "#"' # no comment`,
      aws_session_token: 'abc==',
    })
  })

  it('cannot reach the prototype', () => {
    expect(parseIni('[__proto__]\npolluted = yes\n').get('__proto__')?.get('polluted')).toBe('yes')
    expect('polluted' in {}).toBe(false)
  })
})

describe('both files', () => {
  it('are one: the credentials file wins, and profile names may be quoted', async () => {
    using home = makeHome({
      '.aws/config':
        '[default]\nregion = r1\n[profile  "my web"]\nregion = r2\noutput = json\n[web]\nregion = r3\n' +
        '[sso-session corp]\nsso_region = r4\n[services mine]\necs =\n  endpoint_url = u\n',
      '.aws/credentials': '[my web]\nregion = r5\n[only]\naws_access_key_id = A\n',
    })
    const files = await readSharedFiles(home.variables)
    const profiles = [...files.profiles].map(([name, keys]) => [name, Object.fromEntries(keys)])
    expect(Object.fromEntries(profiles)).toEqual({
      default: { region: 'r1' },
      'my web': { region: 'r5', output: 'json' },
      only: { aws_access_key_id: 'A' },
    })
    expect(files.ssoSessions.get('corp')?.get('sso_region')).toBe('r4')
    expect(files.services.get('mine')?.get('ecs.endpoint_url')).toBe('u')
    expect([...files.unprefixed]).toEqual(['web'])
  })

  it('are where the variables say, also below ~', async () => {
    using home = makeHome({ 'other/config': '[profile a]\n', 'other/credentials': '[b]\nregion = x\n' })
    const files = await readSharedFiles({
      ...home.variables,
      AWS_CONFIG_FILE: '~/other/config',
      AWS_SHARED_CREDENTIALS_FILE: `${home.path}/other/credentials`,
    })
    expect([...files.profiles.keys()]).toEqual(['a', 'b'])
    expect(files.names).toBe('~/other/config or ~/other/credentials')
  })

  it('that cannot be read are named, those that are missing are empty', async () => {
    using home = makeHome({ '.aws/config/is-a-folder': '' })
    const { profiles, unreadable } = await readSharedFiles(home.variables)
    expect(profiles.size).toBe(0)
    expect(unreadable).toEqual([expect.stringContaining('EISDIR')])
  })
})
