#!/bin/sh
# Boots the session server: reads the FARGATE_LOGIN_* variables, writes what sshd and the sessions need
# into one private directory, and hands over to supervise.sh. README.md is the contract.
#
# It runs as a container's entry point, but also straight from a checkout on a developer's machine, as root
# or not. Hence: no fixed place, not necessarily PID 1, perhaps no /proc, and nothing is written outside
# the private directory. Exit status: 64 for a setting that cannot be used, 69 for a missing part.
set -eu

PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# A log that nobody reads any more must not end this before the keys are removed. sshd gives its sessions the default.
trap '' PIPE
private=''
trap '[ -z "$private" ] || rm -rf -- "$private"' EXIT
# PID 1 ignores every signal that it does not catch.
trap 'exit 143' TERM
trap 'exit 130' INT

# die STATUS FACT NEXT_ACTION: the one line that says why the container ended.
die() {
  printf 'fargate-login: %s %s\n' "$2" "$3" >&2
  exit "$1"
}

# whole_number NAME VALUE: also keeps $(( )) from reading 010 as octal.
whole_number() {
  case $2 in
    *[!0-9]* | 0?* | ??????????*) die 64 "$1 is not a whole number." "Give it as plain digits, e.g. $1=300." ;;
  esac
}

# label TEXT: TEXT as one harmless word for a log line.
label() {
  printf %s "$1" | LC_ALL=C tr -c 'A-Za-z0-9._:/@+=,-' '?' | cut -c 1-200
}

# account FILE: prints the fields of $user in a file like /etc/passwd, without the name, nothing if it is not there.
account() {
  [ ! -r "$1" ] || while IFS=: read -r name fields; do
    if [ "$name" = "$user" ]; then
      printf '%s\n' "$fields"
      return
    fi
  done <"$1"
}

# first_file PATH...: prints the first that exists.
first_file() {
  for candidate; do
    if [ -f "$candidate" ]; then
      printf '%s\n' "$candidate"
      return
    fi
  done
}

# Settings.
authorized_key=${FARGATE_LOGIN_AUTHORIZED_KEY-}
host_key=${FARGATE_LOGIN_HOST_KEY-}
port=${FARGATE_LOGIN_PORT:-2222}
listen=${FARGATE_LOGIN_LISTEN-}
connect_grace=${FARGATE_LOGIN_CONNECT_GRACE:-300}
linger=${FARGATE_LOGIN_LINGER:-60}
max_lifetime=${FARGATE_LOGIN_MAX_LIFETIME:-43200}
suffix=''
[ -z "${FARGATE_LOGIN_SESSION-}" ] || suffix="$suffix session=$(label "$FARGATE_LOGIN_SESSION")"
[ -z "${FARGATE_LOGIN_OWNER-}" ] || suffix="$suffix owner=$(label "$FARGATE_LOGIN_OWNER")"

[ -n "$authorized_key" ] ||
  die 64 'FARGATE_LOGIN_AUTHORIZED_KEY is not set.' 'Set it to the public key (an authorized_keys line) that may log in.'
whole_number FARGATE_LOGIN_PORT "$port"
whole_number FARGATE_LOGIN_CONNECT_GRACE "$connect_grace"
whole_number FARGATE_LOGIN_LINGER "$linger"
whole_number FARGATE_LOGIN_MAX_LIFETIME "$max_lifetime"
if [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
  die 64 "FARGATE_LOGIN_PORT=$port is not a port." 'Give a number from 1 to 65535.'
fi
case $listen in
  *[!0-9A-Za-z.:%-]*) die 64 'FARGATE_LOGIN_LISTEN is not an address.' 'Give one IPv4 or IPv6 address, e.g. 127.0.0.1.' ;;
esac

# Parts. A toolkit that lies beside this file comes first, then where the distributions and macOS keep them.
sshd=$(first_file "$here/sshd" /usr/sbin/sshd /usr/local/sbin/sshd /opt/homebrew/sbin/sshd "$(command -v sshd || :)")
[ -n "$sshd" ] || die 69 'there is no sshd.' 'Install the package openssh-server.'
[ -n "$(command -v ssh-keygen || :)" ] || die 69 'there is no ssh-keygen.' 'Install the package openssh-client.'
sftp_server=$(first_file "$here/sftp-server" /usr/lib/openssh/sftp-server /usr/lib/ssh/sftp-server \
  /usr/libexec/openssh/sftp-server /usr/libexec/sftp-server)

# User. sshd looks it up by name, insists on its shell, and starts even our forced command with it.
user=$(id -un 2>/dev/null) ||
  die 69 "uid $(id -u) has no name here, and sshd logs in names only." 'Add the user to /etc/passwd of the image, e.g. RUN useradd -u UID app.'
case $user in
  *[!A-Za-z0-9._-]*) die 69 'the user name has characters that sshd would take as a pattern.' 'Use letters, digits, dot, dash and underscore.' ;;
esac
login_shell=$(account /etc/passwd)
login_shell=${login_shell##*:}
case ${login_shell##*/} in
  nologin | false) die 69 "the shell of user $user is $login_shell, with which sshd opens no session." "Give it one in the image, e.g. RUN usermod -s /bin/sh $user." ;;
esac

# The private directory. sshd_config and the forced command name it unquoted, so an odd TMPDIR is passed over.
case ${TMPDIR-} in
  /*[!A-Za-z0-9/._+-]* | [!/]*) TMPDIR='' ;;
esac
for base in /run /dev/shm "${TMPDIR:-/tmp}" /tmp; do
  if private=$(mktemp -d "${base%/}/fargate-login.XXXXXXXX" 2>/dev/null); then break; fi
done
[ -n "$private" ] || die 69 'no place is writable for the keys.' 'Mount a tmpfs on /tmp or /run.'
container_umask=$(umask)
umask 077

# Keys. Each line is checked by itself: ssh-keygen -l passes over bad lines when it finds a good one.
printf '%s\n' "$authorized_key" | tr -d '\r' >"$private/authorized_keys"
fingerprints=''
while IFS= read -r line; do
  case $line in '' | '#'*) continue ;; esac
  printf '%s\n' "$line" >"$private/line"
  fingerprint=$(ssh-keygen -l -E sha256 -f "$private/line" 2>/dev/null | cut -d ' ' -f 2)
  [ -n "$fingerprint" ] ||
    die 64 'FARGATE_LOGIN_AUTHORIZED_KEY is not a public key.' 'Give one authorized_keys line per key, e.g. the content of ~/.ssh/id_ed25519.pub.'
  fingerprints="$fingerprints $fingerprint"
done <"$private/authorized_keys"
[ -n "$fingerprints" ] || die 64 'FARGATE_LOGIN_AUTHORIZED_KEY holds no key.' 'Give one authorized_keys line per key.'
if [ -n "$host_key" ]; then
  host_key_origin=given
  printf '%s\n' "$host_key" >"$private/host_key"
  # Without -P ssh-keygen would ask for the passphrase on a terminal.
  ssh-keygen -y -P '' -f "$private/host_key" >"$private/line" 2>/dev/null ||
    die 64 'FARGATE_LOGIN_HOST_KEY is not a private key.' 'Give one without a passphrase, in OpenSSH form (BEGIN OPENSSH PRIVATE KEY), or none.'
else
  host_key_origin=generated
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$private/host_key" </dev/null
  mv "$private/host_key.pub" "$private/line"
fi
fingerprint=$(ssh-keygen -l -E sha256 -f "$private/line" | cut -d ' ' -f 2)
rm -f "$private/line"

# What sessions start from: "set -- 'DIRECTORY' 'NAME=VALUE'...", to be sourced by session.sh. It is made from
# the block that the kernel keeps of this process's start, because a shell drops names with dots; and through
# octal numbers, because any byte may stand in a value and no POSIX tool but od and printf takes all of them.
octal() {
  od -An -v -to1 | LC_ALL=C tr -s ' \n' '  '
}
ours=$(printf FARGATE_LOGIN_ | octal)
ours=${ours% }
environment() {
  if [ -r "/proc/$$/environ" ]; then
    cat "/proc/$$/environ"
  else
    env -0 2>/dev/null || env | tr '\n' '\000'
  fi
}
# One NAME=VALUE a line, as " 101 075 061"; what has no name is dropped, and so is what is ours.
variables=$(environment | octal | sed 's/ $//; s/ 000/|/g' | tr '|' '\n' |
  sed -e "/^$ours/d" -e '/ 075/!d' -e '/^ 075/d')
directory=$(printf %s "${PWD:-/}" | octal)
# Quoted as the shell does it: ' becomes '\''.
printf 'set -- %b\n' "$(printf '%s\n%s\n' "${directory% }" "$variables" |
  sed -e '/^$/d' -e 's/ 047/ 047 134 047 047/g' -e 's/ /\\0/g' -e "s/^/'/" -e "s/\$/'/" | tr '\n' ' ')" \
  >"$private/session.args"
cat "$here/session.sh" >"$private/session.sh"
# How many have logged in; log.sh counts.
echo 0 >"$private/accepted"

# sshd_config: the part that is the same everywhere, then what is known only now.
{
  cat "$here/sshd_config"
  printf 'Port %s\n' "$port"
  [ -z "$listen" ] || printf 'ListenAddress %s\n' "$listen"
  printf 'HostKey %s/host_key\n' "$private"
  printf 'AuthorizedKeysFile %s/authorized_keys\n' "$private"
  # Only the user of the container: no other could read the session's environment.
  printf 'AllowUsers %s\n' "$user"
  # Tells the client in the SSH banner whom to log in as; the key exchange signs the banner.
  printf 'VersionAddendum fargate-login user=%s\n' "$user"
  # bash as the login shell would read ~/.bashrc before it runs the forced command, but only as the outermost shell.
  printf 'SetEnv SHLVL=1\n'
  printf 'ForceCommand exec /bin/sh %s/session.sh %s\n' "$private" "$private"
  [ -z "$sftp_server" ] || printf 'Subsystem sftp %s\n' "$sftp_server"
  # PAM would want files in /etc and bring motd and pam_env. But only with it does sshd log in an account whose
  # password is locked (starts with "!"), even with a key.
  case $(account /etc/shadow) in
    '!'*) echo 'UsePAM yes' ;;
    *) echo 'UsePAM no' ;;
  esac
} >"$private/sshd_config"

# sshd insists on an empty directory of its own, whose name is compiled in and which a tmpfs on /run hides.
if ! complaint=$("$sshd" -t -f "$private/sshd_config" 2>&1); then
  complaint=$(printf %s "$complaint" | tr -d '\r')
  wanted=${complaint#*'privilege separation directory: '}
  [ "$wanted" != "$complaint" ] ||
    die 69 "sshd refuses its configuration: $complaint." 'OpenSSH 8.5 or later is needed.'
  (umask 022 && mkdir -p "$wanted") 2>/dev/null ||
    die 69 "sshd wants a directory $wanted." "Add to the image: RUN mkdir -p $wanted."
fi
# Known from OpenSSH 9.8 on; an older sshd would not start with it. Penalties would lock out everybody behind
# one NAT address for one person's mistakes, and MaxStartups limits floods already.
if "$sshd" -t -f "$private/sshd_config" -o PerSourcePenalties=no 2>/dev/null; then
  echo 'PerSourcePenalties no' >>"$private/sshd_config"
fi

# A new process with a bare environment: the host key must not be readable in /proc/1/environ.
umask "$container_umask"
trap - EXIT
exec env -i \
  PATH="$PATH" \
  sshd="$sshd" \
  private="$private" \
  connect_grace="$connect_grace" \
  linger="$linger" \
  max_lifetime="$max_lifetime" \
  fingerprints="$fingerprints " \
  start="port $port user=$user host-key=$fingerprint ($host_key_origin)" \
  suffix="$suffix" \
  /bin/sh "$here/supervise.sh"
