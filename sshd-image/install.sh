#!/bin/sh
# Copies the toolkit into a volume, for a container of another image: the first container of a task that
# `fargate-login --inject` runs. Argument: the directory where the volume is mounted.
set -eu
here=$(cd "${0%/*}" && pwd -P)
target=${1:?the directory of the volume}

fail() {
  printf 'fargate-login: %s %s\n' "$1" "$2" >&2
  exit 69
}

[ -d "$target" ] || fail "there is no directory $target." 'Mount the volume there.'
"$here/bin/busybox" cp -a "$here/." "$target/" || fail "the toolkit cannot be copied to $target." 'Is the volume full, or read-only?'
"$target/bin/busybox" true || fail "nothing can be run from $target." 'Mount the volume without noexec.'
printf 'fargate-login: the toolkit is in %s\n' "$target" >&2
