#!/bin/sh
# Compiles what of the toolkit is compiled, from Debian's source packages of OpenSSH and OpenSSL (patched by Debian, and not
# by us) and the C files beside this one, static, with musl: the result runs in any Linux container, whatever is in it, or
# nothing. Run by the Dockerfile in a Debian image; leaves the tree in the directory $1.
set -eu
out=$1
prefix=/opt/fargate-login
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
work=$(mktemp -d)
jobs=$(nproc)
cd "$work"
mkdir -p "$out/bin" "$out/libexec" "$out/empty" "$out/run" "$out/licences"
# Each function apart, so that the last link leaves out those that nobody calls; and without tables for exceptions.
flags='-Os -fPIE -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables'

# quietly COMMAND...: shows what it says if it fails.
quietly() {
  "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2 && exit 1; }
}

# get_source PACKAGE: unpacks its newest version of those whose files the archive still has, and records which that is.
get_source() {
  for version in $(apt-cache showsrc "$1" | sed -n 's/^Version: //p' | sort -ruV); do
    if apt-get source -q "$1=$version" >"$work/log" 2>&1; then
      echo "$1 $version" >>"$out/versions"
      return
    fi
    echo "The archive does not have the source of $1 $version." >&2
  done
  cat "$work/log" >&2
  exit 1
}

# OpenSSH's sandbox is made from the kernel's headers, which musl's own directory does not have.
triplet=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
cpu=$(dpkg-architecture -qDEB_HOST_GNU_CPU)
ln -sf /usr/include/linux /usr/include/asm-generic "/usr/include/$triplet/asm" "/usr/include/$cpu-linux-musl/"

get_source openssl
cp openssl-*/LICENSE.txt "$out/licences/openssl"
cd openssl-*/
# shellcheck disable=SC2046,SC2086 # lists of words
CC=musl-gcc quietly ./Configure "linux-$cpu" $flags $(sed 's/#.*//' "$here/openssl-options")
quietly make -j"$jobs" build_generated
# On arm64 without glibc, OpenSSL would find out what the processor has by trying it at each start, and catching SIGILL.
[ "$cpu" != aarch64 ] ||
  quietly make crypto/libcrypto-lib-armcap.o CFLAGS="$flags -DOSSL_IMPLEMENT_GETAUXVAL -include sys/auxv.h"
quietly make -j"$jobs" libcrypto.a
openssl=$PWD
cd ..

get_source openssh
cp openssh-*/LICENCE "$out/licences/openssh"
cd openssh-*/
# Debian's patches touch configure.ac.
quietly autoreconf -fi
musl-gcc -Os -Wall -Wextra -Werror -fPIE -c "$here/accounts.c" -o accounts.o
# As Debian has it in the banner: which patches are in.
revision=$(dpkg-parsechangelog -S Version)
wraps=--wrap=getpwnam,--wrap=getpwuid,--wrap=getgrnam,--wrap=chroot,--wrap=setgroups
# Relative relocations in a form that takes a bit each.
link="-static-pie -s -Wl,--gc-sections,-z,pack-relative-relocs,$wraps"
# No zlib, PAM, utmp and shadow: it needs no file of the system.
quietly ./configure \
  CC=musl-gcc CFLAGS="$flags -DSSH_EXTRAVERSION=\\\"Debian-${revision##*-}\\\"" LDFLAGS="$link" LIBS="$PWD/accounts.o" \
  --prefix="$prefix" --sysconfdir="$prefix/etc" --libexecdir="$prefix/libexec" \
  --with-privsep-path="$prefix/empty" --with-pid-dir=/nonexistent --with-sandbox=seccomp_filter \
  --with-ssl-dir="$openssl" --without-pie --without-zlib --without-shadow --disable-pkcs11 --disable-security-key \
  --disable-libutil --disable-lastlog --disable-utmp --disable-utmpx --disable-wtmp --disable-wtmpx \
  --disable-pututline --disable-pututxline
# One program with five names: OpenSSL is in it once, and not five times. Each becomes an object file that shows nothing
# but its main, under a name of its own, and openssh.c calls the right one.
programs='sshd sshd-session sshd-auth sftp-server ssh-keygen'
# shellcheck disable=SC2086 # a list of words
quietly make -j"$jobs" LDFLAGS='-r -L. -Lopenbsd-compat -Wl,--gc-sections,-e,main' LIBS='' CHANNELLIBS='' $programs
for program in $programs; do
  objcopy --keep-global-symbol=main "$program"
  objcopy --redefine-sym main="$(echo "$program" | tr - _)_main" "$program"
  ln -s openssh "$out/libexec/$program"
done
# shellcheck disable=SC2086
musl-gcc $flags -Wall -Wextra -Werror $link "$here/openssh.c" $programs accounts.o "$openssl/libcrypto.a" \
  -o "$out/libexec/openssh"

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
for package in busybox-static musl-tools; do
  cp "/usr/share/doc/$package/copyright" "$out/licences/${package%-*}"
done

# sshd insists on the first being root's and empty. The second is for the keys of a container in which nothing else can
# be written, whoever its user is.
chmod 755 "$out" "$out/empty"
chmod 1777 "$out/run"
rm -rf "$work"
