import { describe, expect, it } from 'vitest'
import { sttyArguments } from '../../cli/core/link/terminal-modes.ts'
import { ptyModes } from '../../cli/ssh/pty-modes.ts'
import { parseModes } from '../../cli/terminal/modes.ts'

const LINUX = `speed 38400 baud; rows 30; columns 100; line = 0;
intr = ^C; quit = ^\\; erase = ^H; kill = @; eof = ^D; eol = <undef>;
eol2 = M-^?; swtch = <undef>; start = ^Q; stop = ^S; susp = ^Z; rprnt = ^R;
werase = ^W; lnext = ^V; discard = ^O; min = 1; time = 0;
-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts
-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr icrnl -ixon -ixoff
-iuclc -ixany imaxbel iutf8
opost -olcuc -ocrnl onlcr -onocr -onlret -ofill -ofdel nl0 cr0 tab0 bs0 vt0 ff0
isig icanon iexten echo echoe echok -echonl -noflsh -xcase -tostop -echoprt
echoctl echoke -flusho -extproc
`
const MACOS = `speed 9600 baud; 24 rows; 80 columns;
lflags: icanon isig iexten echo echoe -echok echoke -echonl echoctl
\t-echoprt -altwerase -noflsh -tostop -flusho pendin -nokerninfo
\t-extproc
iflags: -istrip icrnl -inlcr -igncr ixon -ixoff ixany imaxbel iutf8
\t-ignbrk brkint -inpck -ignpar -parmrk
oflags: opost onlcr -oxtabs -onocr -onlret
cflags: cread cs8 -parenb -parodd hupcl -clocal -cstopb -crtscts -dsrflow
\t-dtrflow -mdmbuf
cchars: discard = ^O; dsusp = ^Y; eof = ^D; eol = <undef>;
\teol2 = <undef>; erase = ^?; intr = ^C; kill = ^U; lnext = ^V;
\tmin = 1; quit = ^\\; reprint = ^R; start = ^Q; status = ^T;
\tstop = ^S; susp = ^Z; time = 0; werase = ^W;
`

function modesIn(shown: string) {
  const modes = parseModes(shown)
  if (!modes) throw new Error('no modes')
  return modes
}

describe('the modes that stty shows', () => {
  it('on Linux become those of RFC 4254', () => {
    expect(ptyModes(modesIn(LINUX))).toMatchObject({
      VINTR: 3,
      VQUIT: 28,
      VERASE: 8,
      VKILL: 64,
      VEOL: 255,
      VEOL2: 255,
      VDISCARD: 15,
      IXON: 0,
      ICRNL: 1,
      OPOST: 1,
      ECHO: 1,
      CS8: 1,
      PARENB: 0,
    })
  })

  it('on macOS become those of RFC 4254', () => {
    expect(ptyModes(modesIn(MACOS))).toMatchObject({
      VERASE: 127,
      VREPRINT: 18,
      VDSUSP: 25,
      VSTATUS: 20,
      VEOL2: 255,
      IXON: 1,
      IXANY: 1,
      ICANON: 1,
      ECHOK: 0,
      PENDIN: 1,
      ONLCR: 1,
      CS8: 1,
    })
  })

  it('become arguments for the stty of the image', () => {
    const words = sttyArguments(modesIn(MACOS))
    expect(words).toContain('erase 127')
    expect(words).toContain('eol undef')
    expect(words).toContain('rprnt 018')
    expect(words).toContain(' -inlcr')
    // Words that busybox does not know would make it refuse all.
    expect(words).not.toMatch(/pendin|status|dsusp|cs8|speed|rows|min|discard|oxtabs/)
    expect(words).toMatch(/^[a-z0-9 -]+$/)
  })

  it('are none without a terminal', () => {
    expect(parseModes('')).toBeUndefined()
  })
})
