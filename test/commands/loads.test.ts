import { build, type Metafile } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { options } from '../../scripts/setup/bundle.mjs'

const LAZY = {
  'the local ECS': /^(cli\/local|local-ecs)\//,
  'the AWS SDK': /^node_modules\/@(aws-sdk|smithy)\//,
  "EC2's client": /^node_modules\/@aws-sdk\/client-ec2\//,
  ssh2: /^(ssh2$|cli\/ssh\/)/,
  'the YAML parser': /^node_modules\/yaml\//,
  'tar-stream': /^node_modules\/(tar-stream|streamx|b4a)\//,
  'the flow': /^cli\/session\//,
  'the actions of commands': /^cli\/commands\/actions\//,
}

let outputs: Metafile['outputs']

beforeAll(async () => {
  const { metafile } = await build({ ...options, metafile: true, write: false })
  outputs = metafile?.outputs ?? {}
})

describe('the bundle', () => {
  it('starts, and shows its help, without anything that only a command needs', () => {
    expect(loadedWith('cli/main.ts')).toEqual([])
  })

  it('loads neither the AWS SDK nor the YAML parser until a session has its config', () => {
    expect(loadedWith('cli/commands/actions/open-session.ts')).toEqual([
      'the flow',
      'the actions of commands',
    ])
  })

  it("loads neither the local ECS nor the YAML parser nor EC2's client for a session on AWS", () => {
    expect(loadedWith('cli/compose.ts')).toEqual(expect.arrayContaining(['the AWS SDK', 'ssh2']))
    expect(loadedWith('cli/compose.ts')).not.toContain('the local ECS')
    expect(loadedWith('cli/compose.ts')).not.toContain('the YAML parser')
    expect(loadedWith('cli/compose.ts')).not.toContain("EC2's client")
  })

  it('has the ES modules of the AWS SDK, of which unused operations are left out', () => {
    const inputs = Object.keys(outputs).flatMap((path) => inputsOf(path))
    expect(inputs.filter((one) => /^node_modules\/@(aws-sdk|smithy)\/.*\/dist-cjs\//.test(one))).toEqual([])
  })
})

/** Which of the lazy parts the chunk of an entry point imports, itself or through other chunks. */
function loadedWith(entryPoint: string): readonly string[] {
  const [path] = Object.entries(outputs).find(([, output]) => output.entryPoint === entryPoint) ?? []
  if (path === undefined)
    throw new Error(`esbuild makes no chunk for ${entryPoint}: is it still imported on demand?`)
  const inputs = [...chunksOf(path)].flatMap((chunk) => inputsOf(chunk))
  return Object.entries(LAZY).flatMap(([part, pattern]) =>
    inputs.some((one) => pattern.test(one)) ? part : [],
  )
}

function chunksOf(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const one of outputs[path]?.imports ?? []) {
    if (one.kind === 'import-statement' && !one.external) chunksOf(one.path, seen)
  }
  return seen
}

/** The sources that a chunk is made of, and the packages that it leaves to Node. */
function inputsOf(path: string): readonly string[] {
  const { inputs = {}, imports = [] } = outputs[path] ?? {}
  const own = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const external = imports.filter(({ external, kind }) => external && kind === 'import-statement')
  return [...own.map(([source]) => source), ...external.map((one) => one.path)]
}
