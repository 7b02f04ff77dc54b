// What listens where sshd should, in the place of the image's entrypoint: node peer.mjs KIND.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { connect, createServer } from 'node:net'
import ssh2 from 'ssh2'

const [kind, entrypoint] = process.argv.slice(2)
const { FARGATE_LOGIN_LISTEN: host, FARGATE_LOGIN_PORT, FARGATE_LOGIN_HOST_KEY: hostKey } = process.env
const port = Number(FARGATE_LOGIN_PORT)
const BANNER = 'SSH-2.0-OpenSSH_9.2 fargate-login user=root\r\n'

/** What is done with each TCP connection. */
const PEERS = {
  'says nothing': () => {},
  'hangs up': (socket) => socket.end(),
  resets: (socket) => socket.resetAndDestroy(),
  'greets as a mail server': (socket) => socket.end('220 mail.example ESMTP\r\n'),
  'sends garbage': (socket) => socket.write(randomBytes(64 * 1024)),
  'sends 10 MB of lines': (socket) => socket.write('Welcome, and read all of this.\r\n'.repeat(330_000)),
  'greets and says no more': (socket) => socket.write(BANNER),
  'greets and hangs up': (socket) => socket.end(BANNER),
  'greets and resets': (socket) => socket.write(BANNER, () => socket.resetAndDestroy()),
  'greets and sends garbage': (socket) =>
    socket.write(Buffer.concat([Buffer.from(BANNER), randomBytes(4096)])),
}

/** What an SSH server does that is not well. */
const SERVERS = {
  'never answers the authentication': { authenticate: () => {} },
  'resets at the authentication': { authenticate: (_, socket) => socket.resetAndDestroy() },
  'refuses the channel': { session: (_, reject) => reject() },
  'never answers the channel': { session: () => {} },
  'refuses the command': { exec: (_, reject) => reject() },
  'never answers the command': { exec: () => {} },
  'refuses the PTY': { pty: (_, reject) => reject() },
  'resets in the session': {
    exec: (accept, _, socket) => accept() && setTimeout(() => socket.resetAndDestroy(), 200),
  },
  'ends the session without a status': { exec: (accept) => accept().end() },
}

if (kind === 'drops packets') dropPackets()
else if (kind === 'is a proxy') proxy()
else if (kind in SERVERS) serveSsh(SERVERS[kind])
else listen(PEERS[kind])

function listen(serve) {
  const server = createServer((socket) => {
    socket.on('error', () => {}).resume()
    serve(socket)
  })
  server.listen({ host, port })
}

/** A queue that is full and never emptied: the kernel drops every further SYN, as a security group does. */
function dropPackets() {
  createServer().listen({ host, port, backlog: 1 }, () => {
    const filler = `for i in 1 2 3 4; do (exec 3<>/dev/tcp/${host}/${port}; sleep 1000) & done; wait`
    spawn('bash', ['-c', filler], { stdio: 'ignore' })
    // Nothing is accepted any more: this blocks the event loop for good.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })
}

/** The real entrypoint behind a wire that can be cut: SIGUSR1, silence for all; SIGUSR2, a reset of what is there. */
function proxy() {
  const behind = port + 1
  const child = spawn('/bin/sh', [entrypoint], {
    stdio: 'inherit',
    env: { ...process.env, FARGATE_LOGIN_PORT: String(behind) },
  })
  child.once('exit', (status) => process.exit(status ?? 1))
  const sockets = new Set()
  let silent = false
  createServer((near) => {
    const far = connect({ host, port: behind })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    if (silent) return
    near.pipe(far).once('close', () => silent || near.destroy())
    far.pipe(near).once('close', () => silent || far.destroy())
  }).listen({ host, port })
  process.on('SIGUSR1', () => {
    silent = true
    for (const socket of sockets) socket.unpipe().pause()
  })
  process.on('SIGUSR2', () => {
    for (const socket of sockets) socket.resetAndDestroy()
  })
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal))
}

function serveSsh({ authenticate = (context) => context.accept(), session = openSession, exec, pty } = {}) {
  const sockets = new Map()
  const server = new ssh2.Server({ hostKeys: [hostKey], ident: 'peer fargate-login user=root' }, (client) => {
    const socket = [...sockets.values()].at(-1)
    client.on('error', () => {})
    client.on('authentication', (context) =>
      // The first question is always "none".
      context.method === 'none' ? context.reject(['publickey']) : authenticate(context, socket),
    )
    client.on('session', (accept, reject) => session(accept, reject, { exec, pty, socket }))
  })
  const front = createServer((socket) => {
    sockets.set(socket, socket)
    socket.once('close', () => sockets.delete(socket))
    server.injectSocket(socket)
  })
  front.listen({ host, port })
}

function openSession(accept, _, { exec = (run) => run().exit(0), pty = (yes) => yes(), socket }) {
  const session = accept()
  session.on('env', (yes) => yes?.())
  session.on('pty', (yes, no) => pty(yes, no))
  session.on('exec', (yes, no) => exec(yes, no, socket))
  session.on('shell', (yes, no) => exec(yes, no, socket))
}
