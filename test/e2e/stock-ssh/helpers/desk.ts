import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { buffer, text } from 'node:stream/consumers'
import { type TestFolder, testFolder } from '../../../helpers/folder.ts'

/** A user's machine: a home of its own, in which AWS and a project are set up. */
export interface Desk extends AsyncDisposable {
  readonly home: string
  /** The folder with fargate-login.yaml. */
  readonly project: string
  /** The user's ssh_config. */
  readonly config: string
  readonly folder: TestFolder
  /** Of a terminal. A program that an editor starts has only `bare`. */
  readonly variables: Readonly<Record<string, string>>
  readonly bare: Readonly<Record<string, string>>
  run(program: string, args: readonly string[], options?: RunOptions): Promise<Outcome>
  /** With the user's ssh_config. */
  ssh(args: readonly string[], options?: RunOptions): Promise<Outcome>
}

export interface RunOptions {
  readonly input?: string | Buffer
  readonly variables?: Readonly<Record<string, string>>
}

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly bytes: Buffer
  readonly stderr: string
}

/** @param yaml the content of fargate-login.yaml */
export async function makeDesk(yaml: string): Promise<Desk> {
  const folder = await testFolder()
  const home = folder.file('home')
  const project = folder.file('a project')
  const config = folder.file('home', '.ssh', 'config')
  for (const path of [project, folder.file('home', '.ssh'), folder.file('home', '.aws')])
    mkdirSync(path, { recursive: true, mode: 0o700 })
  writeFileSync(folder.file('a project', 'fargate-login.yaml'), yaml)
  writeFileSync(folder.file('home', '.aws', 'config'), '[profile desk]\nregion = us-east-1\n')
  const keys = 'aws_access_key_id = test\naws_secret_access_key = test\n'
  writeFileSync(folder.file('home', '.aws', 'credentials'), `[desk]\n${keys}`)
  const bare = { PATH: process.env.PATH ?? '' }
  const variables = {
    ...bare,
    HOME: home,
    XDG_STATE_HOME: folder.file('state, 100% ours'),
    AWS_CONFIG_FILE: folder.file('home', '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: folder.file('home', '.aws', 'credentials'),
    AWS_PROFILE: 'desk',
  }
  const desk = {
    ...{ home, project, config, folder, variables, bare },
    run: (program: string, args: readonly string[], options: RunOptions = {}) =>
      run(program, args, { ...options, variables: { ...bare, HOME: home, ...options.variables } }),
    ssh: (args: readonly string[], options: RunOptions = {}) =>
      run('ssh', ['-F', config, ...args], { ...options, variables: options.variables ?? bare }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
  return desk
}

async function run(
  program: string,
  args: readonly string[],
  { input = '', variables }: RunOptions,
): Promise<Outcome> {
  const child = spawn(program, args, { env: variables })
  child.stdin.on('error', () => {}).end(input)
  const [bytes, stderr, status] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve)),
  ])
  return { status, bytes, stdout: bytes.toString(), stderr }
}
