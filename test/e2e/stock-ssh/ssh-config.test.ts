import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CLI, runCli } from '../../helpers/cli.ts'
import { type Desk, makeDesk } from './helpers/desk.ts'

const YAML = `targets:
  web: { service: web, cluster: production, user: app }
  worker: { service: worker, profile: other, region: eu-west-1 }
`

const sshConfig = (desk: Desk, words: readonly string[] = [], variables = {}, cwd = desk.project) =>
  runCli(['ssh-config', '-v', ...words], { ...desk.variables, ...variables }, '', cwd)

/** What ssh makes of a host, a line a setting. */
const settingsOf = async (desk: Desk, host: string) => (await desk.ssh(['-G', host])).stdout

describe('ssh-config', () => {
  it('prints a host for each target, with everything that a bare environment lacks', async () => {
    await using desk = await makeDesk(YAML)
    const { status, stdout, stderr } = await sshConfig(desk)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    writeFileSync(desk.config, stdout)
    const web = await settingsOf(desk, 'web.fargate')
    const state = `${desk.folder.path}/state, 100% ours/fargate-login/ssh/web.fargate`
    expect(web).toContain(`\nidentityfile ${state.replace('%', '%%')}/id\n`)
    expect(web).toContain(`\nuserknownhostsfile ${state}/known_hosts\n`)
    for (const line of [
      'user app',
      'stricthostkeychecking true',
      'identitiesonly yes',
      'updatehostkeys false',
    ])
      expect(web).toContain(`\n${line}\n`)
    const [, command = ''] = /^proxycommand (.*)$/m.exec(web) ?? []
    expect(command).toContain(`'XDG_STATE_HOME=${desk.folder.path}/state, 100%% ours'`)
    expect(command).toContain(
      `${process.execPath} ${CLI} proxy web --config '${desk.project}/fargate-login.yaml'`,
    )
    expect(command).toContain('--region us-east-1 --profile desk')
    expect(await settingsOf(desk, 'worker.fargate')).toMatch(/--region eu-west-1 --profile other$/m)
  })

  it('takes only the targets that it is given, and tells an unknown one', async () => {
    await using desk = await makeDesk(YAML)
    expect((await sshConfig(desk, ['worker'])).stdout).not.toContain('web.fargate')
    const { status, stdout, stderr } = await sshConfig(desk, ['nope'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('[target-unknown]')
  })

  it("gives each target its own profile's Region, and keeps the variables that change the plan", async () => {
    await using desk = await makeDesk('targets:\n  web: { service: web, profile: far }\n')
    writeFileSync(
      desk.variables.AWS_CONFIG_FILE ?? '',
      '[profile desk]\nregion = us-east-1\n[profile far]\nregion = sa-east-1\n',
    )
    const { stdout } = await sshConfig(desk, [], { FARGATE_LOGIN_CLUSTER: 'two words' })
    expect(stdout).toContain('--region sa-east-1 --profile far')
    expect(stdout).toContain("'FARGATE_LOGIN_CLUSTER=two words'")
  })

  it('writes no credentials, and says that they stay behind', async () => {
    await using desk = await makeDesk(YAML)
    const keys = { AWS_PROFILE: '', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7', AWS_SECRET_ACCESS_KEY: 's3cret' }
    const { stdout, stderr } = await sshConfig(desk, ['web', '--region', 'us-east-1'], keys)
    expect(stdout).toContain('--region us-east-1\n')
    expect(stdout).not.toMatch(/AKIA|s3cret/)
    expect(stderr).toContain('Your AWS credentials are in variables')
  })

  it('needs a config file with targets', async () => {
    await using desk = await makeDesk('defaults: { cluster: x }\n')
    const none = await sshConfig(desk)
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining('defines no targets') })
    rmSync(`${desk.project}/fargate-login.yaml`)
    const missing = await sshConfig(desk, ['--install'])
    expect(missing).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There is no fargate-login.yaml'),
    })
    expect(existsSync(desk.config)).toBe(false)
  })

  it('leaves out a target that enters another container, which stock ssh cannot ask for', async () => {
    await using desk = await makeDesk(`${YAML}  inner: { service: web, enter: app }\n`)
    const { stdout, stderr } = await sshConfig(desk)
    expect(stdout).not.toContain('inner')
    expect(stderr).toContain('Left out inner: Stock ssh cannot enter the container app.')
    expect((await sshConfig(desk, ['inner'])).status).toBe(2)
  })

  it('quotes odd names and values', async () => {
    const name = `o'dd %h "n$ame"`
    await using desk = await makeDesk(`targets:\n  ${JSON.stringify(name)}: { service: web }\n`)
    const { stdout } = await sshConfig(desk)
    writeFileSync(desk.config, stdout)
    const host = 'o-dd--h--n-ame-.fargate'
    const [, command = ''] = /^proxycommand (.*)$/m.exec(await settingsOf(desk, host)) ?? []
    const echo = command.replaceAll('%%', '%').replace(`${process.execPath} ${CLI}`, 'printf "%s\\n"')
    const { stdout: words } = await desk.run('sh', ['-c', echo])
    expect(words.split('\n').slice(0, 2)).toEqual(['proxy', name])
  })

  it.each([['a\\nb'], ['-a']])('refuses the name "%s"', async (name) => {
    await using desk = await makeDesk(`targets:\n  "${name}": { service: web }\n`)
    const { status, stdout, stderr } = await sshConfig(desk, ['--install'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('ssh_config cannot hold')
  })

  it('says that a copy which npx has fetched may go', async () => {
    await using desk = await makeDesk(YAML)
    const copy = desk.folder.file('_npx', '1a2b', 'node_modules', 'fargate-login')
    cpSync(CLI.replace(/\/fargate-login\.js$/, ''), `${copy}/dist`, { recursive: true })
    cpSync('package.json', `${copy}/package.json`)
    symlinkSync(`${process.cwd()}/node_modules`, `${copy}/node_modules`)
    const words = [
      `${copy}/dist/fargate-login.js`,
      'ssh-config',
      '--config',
      `${desk.project}/fargate-login.yaml`,
    ]
    const { status, stderr } = await desk.run(process.execPath, words, { variables: desk.variables })
    expect(stderr).toContain('npx may remove this copy')
    expect(status).toBe(0)
  })
})

describe('ssh-config --install', () => {
  const include = (desk: Desk) => `Include "${desk.home}/.config/fargate-login/ssh_config"\n`

  it("comes first in the user's file, once, and --uninstall leaves it as it was", async () => {
    await using desk = await makeDesk(YAML)
    const before = 'Host *\n  User nobody\n  ProxyCommand none\n  StrictHostKeyChecking no\n'
    writeFileSync(desk.config, before, { mode: 0o644 })
    for (let count = 0; count < 2; count++) expect((await sshConfig(desk, ['--install'])).status).toBe(0)
    expect(readFileSync(desk.config, 'utf8')).toBe(include(desk) + before)
    expect(statSync(desk.config).mode & 0o777).toBe(0o644)
    const settings = await settingsOf(desk, 'web.fargate')
    for (const line of ['user app', 'stricthostkeychecking true']) expect(settings).toContain(`\n${line}\n`)
    expect(settings).toMatch(/^proxycommand .* proxy web /m)

    expect((await sshConfig(desk, ['--uninstall', 'web'])).stderr).toContain('Removed web.fargate')
    expect(await settingsOf(desk, 'web.fargate')).toContain('\nuser nobody\n')
    expect((await sshConfig(desk, ['--uninstall'])).stderr).toContain('Removed worker.fargate')
    expect(readFileSync(desk.config, 'utf8')).toBe(before)
    expect((await sshConfig(desk, ['--uninstall'])).stderr).toContain('There was nothing to remove')
  })

  it('keeps a symbolic link and the mode of the folder that it leads to', async () => {
    await using desk = await makeDesk(YAML)
    const dotfiles = desk.folder.file('dotfiles')
    mkdirSync(dotfiles)
    chmodSync(dotfiles, 0o755)
    writeFileSync(`${dotfiles}/ssh`, 'Host other\n')
    symlinkSync(`${dotfiles}/ssh`, desk.config)
    await sshConfig(desk, ['--install'])
    expect(lstatSync(desk.config).isSymbolicLink()).toBe(true)
    expect(readFileSync(`${dotfiles}/ssh`, 'utf8')).toBe(`${include(desk)}Host other\n`)
    expect(statSync(dotfiles).mode & 0o777).toBe(0o755)
  })

  it('refuses a host that stands for a target of another file', async () => {
    await using desk = await makeDesk(YAML)
    await sshConfig(desk, ['--install'])
    const other = desk.folder.file('other')
    mkdirSync(other)
    writeFileSync(
      `${other}/fargate-login.yaml`,
      'targets:\n  web: { service: blog }\n  blog: { service: blog }\n',
    )
    const { status, stderr } = await sshConfig(desk, ['--install'], {}, other)
    expect(status).toBe(2)
    expect(stderr).toContain(
      `web.fargate cannot stand for both web of ${desk.project}/fargate-login.yaml and web of ${other}`,
    )
    expect((await sshConfig(desk, ['--install', 'blog'], {}, other)).status).toBe(0)
    for (const host of ['web', 'blog'])
      expect(await settingsOf(desk, `${host}.fargate`)).toMatch(
        new RegExp(`^proxycommand .* proxy ${host} `, 'm'),
      )
    await sshConfig(desk, ['--uninstall', 'web.fargate'], {}, other)
    expect((await sshConfig(desk, ['--install', 'web'], {}, other)).status).toBe(0)
  })

  it('refuses two targets that would have the same host name', async () => {
    await using desk = await makeDesk('targets:\n  a b: { service: web }\n  a-b: { service: web }\n')
    expect((await sshConfig(desk)).stderr).toContain('a-b.fargate cannot stand for both a b of')
  })

  it('goes into folders whose names have blanks, % and wildcards', async () => {
    await using desk = await makeDesk(YAML)
    const config = desk.folder.file('100% [x] config')
    expect((await sshConfig(desk, ['--install'], { XDG_CONFIG_HOME: config })).status).toBe(0)
    expect(await settingsOf(desk, 'web.fargate')).toMatch(/^proxycommand .* proxy web /m)
  })

  it('keeps the hosts of several commands at once, and leaves no file behind', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    await using desk = await makeDesk(
      `targets:\n${names.map((name) => `  ${name}: { service: web }\n`).join('')}`,
    )
    const all = await Promise.all(names.map((name) => sshConfig(desk, ['--install', name])))
    expect(all.map(({ status }) => status)).toEqual(names.map(() => 0))
    const own = `${desk.home}/.config/fargate-login`
    const hosts = readFileSync(`${own}/ssh_config`, 'utf8').match(/^Host .*/gm)
    expect(hosts?.toSorted()).toEqual(names.map((name) => `Host ${name}.fargate`))
    expect(readdirSync(own)).toEqual(['ssh_config'])
    expect(readdirSync(`${desk.home}/.ssh`)).toEqual(['config'])
  })

  it('goes with the keys of its tasks, and with nothing else', async () => {
    await using desk = await makeDesk(YAML)
    await sshConfig(desk, ['--install'])
    const ssh = `${desk.folder.path}/state, 100% ours/fargate-login/ssh`
    for (const host of ['web.fargate', 'worker.fargate']) {
      mkdirSync(`${ssh}/${host}`, { recursive: true })
      for (const name of ['id', 'known_hosts']) writeFileSync(`${ssh}/${host}/${name}`, '')
    }
    await sshConfig(desk, ['--uninstall', 'web'])
    expect(readdirSync(ssh)).toEqual(['worker.fargate'])
    writeFileSync(`${ssh}/worker.fargate/mine`, '')
    await sshConfig(desk, ['--uninstall'])
    expect(readdirSync(`${ssh}/worker.fargate`)).toEqual(['mine'])
  })

  it.runIf(process.getuid?.() === 0)('refuses the file of another user, as under sudo', async () => {
    await using desk = await makeDesk(YAML)
    writeFileSync(desk.config, 'Host other\n', { mode: 0o600 })
    chownSync(desk.config, 65534, 65534)
    for (const word of ['--install', '--uninstall']) {
      const { status, stderr } = await sshConfig(desk, [word])
      expect(status).toBe(255)
      expect(stderr).toContain(`${desk.config} belongs to another user (uid 65534), so it is not changed.`)
      expect(stderr).toContain('Run this command as that user, without sudo.')
    }
    expect(readFileSync(desk.config, 'utf8')).toBe('Host other\n')
    expect(statSync(desk.config).uid).toBe(65534)
    expect(existsSync(`${desk.home}/.config`)).toBe(false)
  })
})
