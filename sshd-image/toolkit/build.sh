#!/bin/sh
# Compiles what of the toolkit is compiled, from Debian's source package of OpenSSH (patched by Debian) and the C files
# beside this one, static, with musl: the result runs in any Linux container, whatever is in it, or nothing.
# Run by the Dockerfile in a Debian image; leaves the tree in the directory $1.
set -eu
out=$1
prefix=/opt/fargate-login
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
work=$(mktemp -d)
cd "$work"

apt-get source -q openssh >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
cd openssh-*/
# Debian's patches touch configure.ac.
autoreconf -fi >autoreconf.log 2>&1 || { cat autoreconf.log >&2; exit 1; }

# The sandbox of sshd-auth is made from the kernel's headers, which musl's own directory does not have.
triplet=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
musl=/usr/include/$(dpkg-architecture -qDEB_HOST_GNU_CPU)-linux-musl
ln -sf /usr/include/linux /usr/include/asm-generic "/usr/include/$triplet/asm" "$musl/"

musl-gcc -Os -Wall -Wextra -Werror -fPIE -c "$here/accounts.c" -o accounts.o

# As Debian has it in the banner: which patches are in.
revision=$(dpkg-parsechangelog -S Version)
wraps=--wrap=getpwnam,--wrap=getpwuid,--wrap=getgrnam,--wrap=chroot,--wrap=setgroups
# No OpenSSL, no zlib, no PAM, no utmp: what is left is Ed25519, curve25519 and post-quantum key exchange, and
# chacha20-poly1305, and needs no file of the system.
./configure \
  CC=musl-gcc \
  CFLAGS="-Os -fPIE -ffunction-sections -fdata-sections -DSSH_EXTRAVERSION=\\\"Debian-${revision##*-}\\\"" \
  LDFLAGS="-static-pie -s -Wl,--gc-sections,$wraps" \
  LIBS="$PWD/accounts.o" \
  --prefix="$prefix" --sysconfdir="$prefix/etc" --libexecdir="$prefix/libexec" \
  --with-privsep-path="$prefix/empty" --with-pid-dir=/nonexistent --with-sandbox=seccomp_filter \
  --without-pie --without-openssl --without-zlib --without-shadow --disable-pkcs11 --disable-security-key \
  --disable-libutil --disable-lastlog --disable-utmp --disable-utmpx --disable-wtmp --disable-wtmpx \
  --disable-pututline --disable-pututxline >configure.log 2>&1 || { cat configure.log >&2; exit 1; }
programs='sshd sshd-session sshd-auth sftp-server ssh-keygen'
# shellcheck disable=SC2086 # a list of words
make -j"$(nproc)" $programs >make.log 2>&1 || { cat make.log >&2; exit 1; }

mkdir -p "$out/bin" "$out/libexec" "$out/empty" "$out/run"
# shellcheck disable=SC2086
cp $programs "$out/libexec/"
ours='musl-gcc -Os -fPIE -Wall -Wextra -Werror -static-pie -s'
$ours "$here"/enter/*.c -o "$out/libexec/enter"
$ours "$here"/hold/*.c -o "$out/libexec/hold"
/bin/sh "$here/rsync.sh" "$out/bin/rsync"
for program in "$out"/libexec/* "$out/bin/rsync"; do
  ! readelf -lW "$program" | grep -q INTERP || { echo "$program is not static." >&2; exit 1; }
done

# The applets, for images that lack them. Without those by which scripts tell what distribution they run on.
cp /bin/busybox "$out/bin/"
for applet in $(/bin/busybox --list); do
  case $applet in
    busybox | dpkg | dpkg-deb | rpm | rpm2cpio | init | linuxrc) ;;
    *) ln -s busybox "$out/bin/$applet" ;;
  esac
done

# sshd insists on the first being root's and empty. The second is for the keys of a container in which nothing else can
# be written, whoever its user is.
chmod 755 "$out" "$out/empty"
chmod 1777 "$out/run"
rm -rf "$work"
