// Headers of GNU tar, which busybox reads as well. tar-stream writes names beyond ASCII as pax headers, and busybox skips
// those: every such file would arrive as `PaxHeader`.

export interface TarMember {
  /** Relative, with `/` between the parts. */
  readonly name: string
  readonly type: 'file' | 'folder' | 'link'
  /** Bytes of content; 0 for folders and links. */
  readonly size: number
  /** The last nine bits of the mode. */
  readonly mode: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** The target of a symbolic link. */
  readonly target?: string
}

const BLOCK = 512
const TYPES = { file: '0', folder: '5', link: '2' } as const

/** The header blocks of a member. Its content follows, padded by {@link padding}. */
export function tarHeader(member: TarMember): Buffer {
  const name = Buffer.from(member.type === 'folder' ? `${member.name}/` : member.name)
  const target = Buffer.from(member.target ?? '')
  const blocks: Buffer[] = []
  if (name.length > 100) blocks.push(...longText('L', name))
  if (target.length > 100) blocks.push(...longText('K', target))
  blocks.push(block({ ...member, name, target, type: TYPES[member.type] }))
  return Buffer.concat(blocks)
}

/** The zeros after a content of `size` bytes. */
export function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

/** The end of an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

function longText(type: string, text: Buffer): readonly Buffer[] {
  const size = text.length + 1
  const name = Buffer.from('././@LongLink')
  const header = block({ name, target: Buffer.alloc(0), type, size, mode: 0o644, mtime: 0 })
  return [header, text, Buffer.alloc(1), padding(size)]
}

interface Block extends Pick<TarMember, 'size' | 'mode' | 'mtime'> {
  readonly name: Buffer
  readonly target: Buffer
  readonly type: string
}

function block({ name, target, type, size, mode, mtime }: Block): Buffer {
  const bytes = Buffer.alloc(BLOCK)
  name.copy(bytes, 0, 0, 100)
  bytes.write(`${octal(mode & 0o777, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100)
  writeNumber(bytes, 124, size)
  writeNumber(bytes, 136, Math.max(0, Math.floor(mtime)))
  bytes.write('        ', 148)
  bytes.write(type, 156)
  target.copy(bytes, 157, 0, 100)
  bytes.write('ustar  \0', 257)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${octal(sum, 6)}\0 `, 148)
  return bytes
}

/** Octal digits; a number that needs more than eleven is written in base 256. */
function writeNumber(bytes: Buffer, at: number, value: number): void {
  if (value < 8 ** 11) {
    bytes.write(`${octal(value, 11)}\0`, at)
    return
  }
  bytes.writeUInt8(0x80, at)
  bytes.writeBigUInt64BE(BigInt(value), at + 4)
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}
