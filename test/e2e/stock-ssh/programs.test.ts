import { accessSync, constants, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engineForTests } from '../../helpers/container.ts'
import type { TestFolder } from '../../helpers/folder.ts'
import type { Desk, Outcome } from './helpers/desk.ts'
import { HOST, hostKey, hostKeyFingerprint, type Office, openOffice } from './helpers/office.ts'

const engine = await engineForTests()

describe.skipIf(!engine)('programs that use stock ssh, with host checking on', () => {
  let office: Office
  let desk: Desk
  let folder: TestFolder
  const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251))
  const done = { status: 0, stderr: '' }
  const F = () => ['-F', desk.config]

  beforeAll(async () => {
    if (!engine) return
    office = await openOffice(engine)
    desk = office.desk
    folder = desk.folder
    writeFileSync(folder.file('sent'), content)
    mkdirSync(folder.file('tree', 'deep', 'empty'), { recursive: true })
    writeFileSync(folder.file('tree', 'deep', 'ä file'), content)
    expect((await desk.ssh([HOST, 'true'])).stderr).toBe('')
  }, 600_000)
  afterAll(() => office?.[Symbol.asyncDispose]())

  const otherKey = async () => {
    const file = folder.file('other')
    await desk.run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
    return file
  }
  const expectSame = (name: string) => expect(readFileSync(folder.file(name)).equals(content)).toBe(true)

  it.each([
    ['scp', []],
    ['scp -O', ['-O']],
  ])('%s copies both ways', async (name, options) => {
    const [there, back] = [`/tmp/${name}`.replace(' ', ''), name]
    const sent = await desk.run('scp', [...F(), ...options, folder.file('sent'), `${HOST}:${there}`])
    expect(sent).toMatchObject(done)
    expect(await desk.run('scp', [...F(), ...options, `${HOST}:${there}`, folder.file(back)])).toMatchObject(
      done,
    )
    expectSame(back)
  })

  it('sftp runs a batch', async () => {
    const input = `put ${folder.file('sent')} by-sftp\nls -l by-sftp\nget by-sftp ${folder.file('sftp')}\n`
    const { status, stdout } = await desk.run('sftp', [...F(), '-b', '-', HOST], { input })
    expect(status).toBe(0)
    expect(stdout).toMatch(/app\s.* 200000 .*by-sftp/)
    expectSame('sftp')
  })

  it('rsync copies a tree both ways, and sends only what has changed', async () => {
    const rsync = (...words: readonly string[]) =>
      desk.run('rsync', ['-a', '-e', `ssh -F ${desk.config}`, ...words])
    expect(await rsync(folder.file('tree'), `${HOST}:`)).toMatchObject(done)
    expect(await rsync(`${HOST}:tree/`, folder.file('rsync'))).toMatchObject(done)
    expectSame('rsync/deep/ä file')
    expect(readdirSync(folder.file('rsync', 'deep', 'empty'))).toEqual([])
    const again = await rsync('--itemize-changes', folder.file('tree'), `${HOST}:`)
    expect(again).toMatchObject({ ...done, stdout: '' })
  })

  it('git pushes and clones', async () => {
    await desk.ssh([HOST, 'git init -q --bare -b main repository.git'])
    const variables = { GIT_SSH_COMMAND: `ssh -F ${desk.config}` }
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b']
    const git = (...words: readonly string[]) => desk.run('git', [...identity, ...words], { variables })
    const url = `${HOST}:/srv/app/repository.git`
    const work = folder.file('work')
    await git('init', '-q', '-b', 'main', work)
    writeFileSync(folder.file('work', 'file'), content)
    await git('-C', work, 'add', '.')
    await git('-C', work, 'commit', '-qm', 'a file')
    expect(await git('-C', work, 'push', '-q', url, 'main')).toMatchObject(done)
    expect(await git('clone', '-q', url, folder.file('clone'))).toMatchObject(done)
    expectSame('clone/file')
  })

  it('ansible runs a raw command, and its ping module', async () => {
    const variables = {
      ANSIBLE_HOME: folder.file('ansible'),
      ANSIBLE_LOCAL_TEMP: folder.file('ansible', 'tmp'),
      ANSIBLE_SSH_CONTROL_PATH_DIR: folder.file('cp'),
      ANSIBLE_NOCOLOR: '1',
    }
    const ansible = (...words: readonly string[]) =>
      desk.run('ansible', ['all', '-i', `${HOST},`, `--ssh-common-args=-F ${desk.config}`, ...words], {
        variables,
      })
    const raw = await ansible('-m', 'raw', '-a', 'id -un')
    expect(raw.stdout).toMatch(/rc=0 >>\r?\napp/)
    const ping = await ansible('-m', 'ping')
    expect(ping.stdout).toContain('"ping": "pong"')
    for (const socket of readdirSync(folder.file('cp')))
      await desk.ssh(['-O', 'exit', '-o', `ControlPath=${folder.file('cp', socket)}`, HOST])
  })

  it.skipIf(!mayMount())('sshfs mounts a folder (skipped where nothing can be mounted)', async () => {
    const mount = folder.file('mount')
    mkdirSync(mount)
    expect(await desk.run('sshfs', [...F(), `${HOST}:`, mount])).toMatchObject({ status: 0 })
    try {
      writeFileSync(folder.file('mount', 'by-sshfs'), content)
      expectSame('mount/by-sshfs')
    } finally {
      await desk.run('fusermount3', ['-u', mount])
    }
    expect((await desk.ssh([HOST, 'wc -c <by-sshfs'])).stdout).toBe('200000\n')
  })

  it('ssh-keyscan, which knows no ProxyCommand, says so and ends', async () => {
    const { stdout, stderr } = await desk.run('ssh-keyscan', ['-T', '5', HOST])
    expect(stdout).toBe('')
    expect(stderr).toContain(HOST)
  })

  it("PuTTY's plink and psftp log in with the key of the host", async () => {
    const key = folder.file('id.ppk')
    expect((await desk.run('puttygen', [office.keyFile, '-O', 'private', '-o', key])).status).toBe(0)
    const words = [
      ...['-batch', '-proxycmd', await office.proxyCommand(), '-i', key],
      ...['-hostkey', await hostKeyFingerprint(office), '-l', 'fargate-login', HOST],
    ]
    const plink = await desk.run('plink', ['-ssh', ...words, 'cat; id -un; exit 5'], { input: 'in\n' })
    expect(plink).toMatchObject({ status: 5, stdout: 'in\napp\n' })
    writeFileSync(
      folder.file('batch'),
      `put ${folder.file('sent')} by-psftp\nget by-psftp ${folder.file('psftp')}\n`,
    )
    const psftp = await desk.run('psftp', ['-b', folder.file('batch'), ...words])
    expect(psftp.status).toBe(0)
    expectSame('psftp')
  })

  it("dropbear's dbclient checks the host key as well", async () => {
    const key = folder.file('id.dropbear')
    await desk.run('dropbearconvert', ['openssh', 'dropbear', office.keyFile, key])
    const dbclient = async (): Promise<Outcome> => {
      const proxy = (await office.proxyCommand()).replaceAll('%%', '%')
      return desk.run('dbclient', ['-i', key, '-J', proxy, `fargate-login@${HOST}`, 'id -un; exit 6'])
    }
    const knownHosts = folder.file('home', '.ssh', 'known_hosts')
    writeFileSync(knownHosts, `${HOST} ${hostKey(office)}\n`)
    expect(await dbclient()).toMatchObject({ status: 6, stdout: 'app\n' })
    const other = (await desk.run('ssh-keygen', ['-yf', await otherKey()])).stdout
    writeFileSync(knownHosts, `${HOST} ${other}`)
    expect((await dbclient()).stderr).toContain('ssh-ed25519 host key mismatch')
  })

  it('need one task for all of this', async () => {
    expect(await office.ecs.tasks()).toHaveLength(1)
  })
})

/** Whether FUSE is here, and this machine or container gives the right to mount (CAP_SYS_ADMIN). */
function mayMount(): boolean {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK)
    const [, bounds = '0'] = /^CapBnd:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    return (BigInt(`0x${bounds}`) & (1n << 21n)) !== 0n
  } catch {
    return false
  }
}
