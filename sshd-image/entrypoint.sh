#!/bin/sh
# Boots the session server: reads the FARGATE_LOGIN_* variables, writes what sshd and the sessions need into one private
# directory, and hands over to supervise.sh. README.md is the contract.
#
# It runs as a container's entry point, in any image, but also straight from a checkout on a developer's machine, as root
# or not. So it assumes no fixed place, no PID 1 and no /proc, and it writes nothing outside the private directory. With
# the toolkit next to it (bin/, libexec/) it needs nothing of the image; without, it needs an OpenSSH server and the usual
# tools. Exit status: 64 for a setting that cannot be used, 69 for a missing part.
set -eu

case $0 in
  */*) here=$(CDPATH='' cd -- "${0%/*}" && pwd -P) ;;
  *) here=$(pwd -P) ;;
esac
PATH=$here/bin:${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin

# die STATUS FACT NEXT_ACTION: prints the one line that says why the container ended.
die() {
  printf 'fargate-login: %s %s\n' "$2" "$3" >&2
  exit "$1"
}

for part in settings private-directory user keys session-file client-timeout sshd-config supervisor; do
  . "$here/boot/$part.sh"
done
. "$here/session/shell.sh"
server=distribution
[ ! -f "$here/libexec/openssh" ] || server=toolkit
. "$here/server/$server.sh"

read_settings
make_private_directory
find_server
find_user
container_umask=$(umask)
umask 077
write_keys
write_session_file
write_sshd_config
start_supervisor
