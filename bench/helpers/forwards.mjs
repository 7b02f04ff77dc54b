import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.mjs'
import { firstLine } from './kept-task.mjs'

/** Starts the server of bulk.mjs. */
export async function startBulk(task, bytes) {
  const file = fileURLToPath(new URL('bulk.mjs', import.meta.url))
  const child = task.start([process.execPath, file, String(bytes)], ['ignore', 'pipe', 'inherit'])
  return { child, port: Number(await firstLine(child)) }
}

/** Starts each program that forwards a free port of this machine to that port of the task. @returns children and ports */
export async function startForwards(task, port) {
  const own = task.start(task.ours('forward', '-q', '-L', `127.0.0.1:0:127.0.0.1:${port}`), [
    'ignore',
    'pipe',
    'ignore',
  ])
  const line = await firstLine(own)
  const free = await freePort()
  const words = ['-N', '-L', `127.0.0.1:${free}:127.0.0.1:${port}`, '-o', 'ExitOnForwardFailure=yes']
  const command = ['-o', 'PermitLocalCommand=yes', '-o', 'LocalCommand=echo up']
  const stock = task.start(task.ssh(...words, ...command), ['ignore', 'pipe', 'inherit'])
  await firstLine(stock)
  return {
    'ssh -L': { child: stock, port: free },
    'fargate-login forward -L': { child: own, port: Number(/^\S+:(\d+) /.exec(line)[1]) },
  }
}

/** Connects to a port of this machine. */
export async function open(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}
