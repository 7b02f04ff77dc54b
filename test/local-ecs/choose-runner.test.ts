import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startLocalEcs } from '../../local-ecs/local-ecs.ts'
import { stubImage } from './start.ts'

/** No engine can build this, and none is asked to fetch anything for it. */
async function unbuildableImage() {
  const image = await stubImage('exec sleep 1000')
  await writeFile(join(image.directory, 'Dockerfile'), 'FROM localhost:1/none:1\n')
  return image
}

it('takes processes where no container engine works, and says why in one line', async () => {
  await using image = await unbuildableImage()
  const lines: string[] = []
  await using ecs = await startLocalEcs({
    imageDirectory: image.directory,
    log: (line) => lines.push(line),
  })
  expect(ecs.runner).toBe('process')
  expect(lines.at(-1)).toMatch(
    /^Tasks run as processes, on this machine's sshd: no working container engine \(.+\)$/,
  )
})

it('takes containers or fails where they were asked for', async () => {
  await using image = await unbuildableImage()
  const start = startLocalEcs({ imageDirectory: image.directory, runner: 'container' })
  await expect(start).rejects.toMatchObject({
    code: 'runner-missing',
    message: expect.stringMatching(/^No working container engine: /),
    hint: expect.stringMatching(/apt install/),
  })
})
