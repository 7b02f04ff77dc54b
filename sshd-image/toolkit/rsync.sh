#!/bin/sh
# Compiles rsync, for images that lack it: rsync needs itself at both ends. Static, with musl, and with the two libraries
# that Debian takes out of its source. Without OpenSSL, ACLs and the faster checksums and compressions, which are agreed
# upon by both ends. Run by build.sh; leaves the program at $1.
set -eu
program=$1
work=$(mktemp -d)
cd "$work"

# The sources as they were released: each of Debian's packages has them in one file, which apt verifies.
for package in zlib popt rsync; do
  apt-get source -q --tar-only "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for archive in ./*.tar.*; do tar xf "$archive"; done

flags='-Os -fPIE -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables'
cd zlib-*/
{ CC=musl-gcc CFLAGS="$flags" ./configure --static && make -j"$(nproc)" libz.a; } >zlib.log 2>&1 ||
  { cat zlib.log >&2; exit 1; }
mkdir "$work/zlib"
cp libz.a zlib.h zconf.h "$work/zlib/"

cd "$work"/rsync-*/
# popt goes back to where rsync has it. It looks for no configuration file.
cp -R ../popt-*/src popt
echo '#define POPT_SYSCONFDIR "/nonexistent"' >>popt/system.h
# configure insists on these as well.
mkdir -p zlib
touch zlib/dummy.in popt/dummy.in
./configure \
  CC=musl-gcc CFLAGS="$flags -I$work/zlib" LDFLAGS="-static-pie -s -Wl,--gc-sections -L$work/zlib" \
  --without-included-zlib --with-included-popt --disable-openssl --disable-xxhash --disable-zstd --disable-lz4 \
  --disable-iconv --disable-iconv-open --disable-acl-support --disable-xattr-support --disable-ipv6 --disable-locale \
  --disable-md2man --disable-debug --disable-roll-simd --disable-roll-asm --disable-md5-asm >configure.log 2>&1 ||
  { cat configure.log >&2; exit 1; }
make -j"$(nproc)" rsync >make.log 2>&1 || { cat make.log >&2; exit 1; }
cp rsync "$program"
rm -rf "$work"
