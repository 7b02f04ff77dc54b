#!/bin/sh
# Boots the session server: reads the FARGATE_LOGIN_* variables, writes what sshd and the sessions need
# into one private directory, and hands over to supervise.sh. README.md is the contract.
#
# It runs as a container's entry point, in whatever image, but also straight from a checkout on a developer's machine, as
# root or not. Hence: no fixed place, not necessarily PID 1, perhaps no /proc, and nothing is written outside the private
# directory. With the toolkit beside it (bin/, libexec/) it asks nothing of the image; without, for an OpenSSH server and
# the usual tools. Exit status: 64 for a setting that cannot be used, 69 for a missing part.
set -eu

case $0 in
  */*) here=$(CDPATH='' cd -- "${0%/*}" && pwd -P) ;;
  *) here=$(pwd -P) ;;
esac
container_path=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
PATH=$here/bin:$container_path:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
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
lease=${FARGATE_LOGIN_LEASE-}
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
whole_number FARGATE_LOGIN_LEASE "$lease"
if [ -n "$lease" ] && [ "$lease" -lt 2 ]; then
  die 64 "FARGATE_LOGIN_LEASE=$lease is too short." 'Give 2 s or more, or none.'
fi
if [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
  die 64 "FARGATE_LOGIN_PORT=$port is not a port." 'Give a number from 1 to 65535.'
fi
case $listen in
  *[!0-9A-Za-z.:%-]*) die 64 'FARGATE_LOGIN_LISTEN is not an address.' 'Give one IPv4 or IPv6 address, e.g. 127.0.0.1.' ;;
esac

# What is started from here on may live on beside the sessions, and they could read it there.
unset FARGATE_LOGIN_AUTHORIZED_KEY FARGATE_LOGIN_HOST_KEY FARGATE_LOGIN_PORT FARGATE_LOGIN_LISTEN \
  FARGATE_LOGIN_CONNECT_GRACE FARGATE_LOGIN_LINGER FARGATE_LOGIN_LEASE FARGATE_LOGIN_MAX_LIFETIME \
  FARGATE_LOGIN_SESSION FARGATE_LOGIN_OWNER

# The private directory. sshd_config and the forced command name it unquoted, so an odd TMPDIR is passed over. The toolkit
# has a place of its own for the case that nothing else can be written.
case ${TMPDIR-} in
  /*[!A-Za-z0-9/._+-]* | [!/]*) TMPDIR='' ;;
esac
for base in /run /dev/shm "${TMPDIR:-/tmp}" /tmp "$here/run"; do
  private=$(mktemp -d "${base%/}/fargate-login.XXXXXXXX" 2>/dev/null) || continue
  # A file system that is full makes directories nevertheless. These are about as many bytes as there will be.
  if cat "$here"/*.sh 2>/dev/null >"$private/line"; then break; fi
  rm -rf -- "$private"
  private=''
done
[ -n "$private" ] || die 69 'no place is writable for the keys.' 'Mount a tmpfs on /tmp or /run.'

# Parts: the toolkit, if it lies beside this file, else what the distributions and macOS have.
toolkit=''
if [ -f "$here/libexec/sshd" ]; then
  toolkit=$here
  for part in bin/busybox bin/sh bin/sed libexec/sshd libexec/sshd-session libexec/sshd-auth libexec/sftp-server libexec/ssh-keygen libexec/enter libexec/hold; do
    [ -x "$here/$part" ] || toolkit=$private/toolkit
  done
  # A copy may have lost links and run bits, and be in a place that we cannot change.
  if [ "$toolkit" != "$here" ]; then
    mkdir -p "$toolkit/bin"
    cp -R "$here/libexec" "$toolkit/"
    cp "$here/bin/busybox" "$toolkit/bin/"
    chmod 755 "$toolkit/bin/busybox" "$toolkit/libexec"/*
    "$toolkit/bin/busybox" --install -s "$toolkit/bin" 2>/dev/null ||
      die 69 "the programs in $here may not be run." 'Give them their run bits back (chmod +x), or mount a tmpfs with exec on /tmp.'
  fi
  case $PATH in "$toolkit"/*) ;; *) PATH=$toolkit/bin:$PATH ;; esac
  sh=$toolkit/bin/sh
  sshd=$toolkit/libexec/sshd
  ssh_keygen=$toolkit/libexec/ssh-keygen
  sftp_server=$toolkit/libexec/sftp-server
else
  sh=/bin/sh
  sshd=$(first_file /usr/sbin/sshd /usr/local/sbin/sshd /opt/homebrew/sbin/sshd "$(command -v sshd || :)")
  [ -n "$sshd" ] || die 69 'there is no sshd.' 'Install the package openssh-server.'
  ssh_keygen=$(command -v ssh-keygen || :)
  [ -n "$ssh_keygen" ] || die 69 'there is no ssh-keygen.' 'Install the package openssh-client.'
  sftp_server=$(first_file /usr/lib/openssh/sftp-server /usr/lib/ssh/sftp-server \
    /usr/libexec/openssh/sftp-server /usr/libexec/sftp-server)
fi

# The user. The toolkit's sshd takes from us whom it lets in (toolkit/accounts.c), any other one looks into /etc/passwd,
# insists on the shell there, and starts even our forced command with it.
# shellcheck source=/dev/null # shell.sh, beside this file
. "$here/shell.sh"
uid=$(id -u)
if ! account /etc/passwd "$uid"; then
  name=uid$uid home=${HOME:-/} login_shell=''
  [ "$uid" -ne 0 ] || name=root
fi
user=$name
passwd='' lacks='' shell=''
if [ -n "$toolkit" ]; then
  case $user in *[!A-Za-z0-9._-]* | '' | -*) user=uid$uid ;; esac
  find_shell "$login_shell" "$sh" || shell=$sh
  sshd_home=$home
  case $home in *:*) sshd_home=/ ;; esac
  [ -d "$sshd_home" ] || sshd_home=/
  passwd=$user:x:$uid:$(id -g)::$sshd_home:$sh
  # By CAP_SETGID and CAP_SETUID, and by CAP_SYS_CHROOT, root's sshd separates itself from strangers.
  capabilities=$(sed -n 's/^CapEff:[^0-9a-f]*//p' /proc/self/status 2>/dev/null || :)
  capabilities=$((0x${capabilities:-400c0}))
  if [ "$uid" -eq 0 ]; then
    [ $((capabilities & 0xc0)) -eq $((0xc0)) ] || lacks=ids
    [ $((capabilities & 0x40000)) -ne 0 ] || lacks=$lacks,chroot
  fi
else
  user=$(id -un 2>/dev/null) ||
    die 69 "uid $uid has no name here, and sshd logs in names only." 'Add the user to /etc/passwd of the image, e.g. RUN useradd -u UID app.'
  case $user in
    *[!A-Za-z0-9._-]*) die 69 'the user name has characters that sshd would take as a pattern.' 'Use letters, digits, dot, dash and underscore.' ;;
  esac
  case ${login_shell##*/} in
    nologin | false) die 69 "the shell of user $user is $login_shell, with which sshd opens no session." "Give it one in the image, e.g. RUN usermod -s /bin/sh $user." ;;
  esac
fi

container_umask=$(umask)
umask 077

# Keys. Each line is checked by itself: ssh-keygen -l passes over bad lines when it finds a good one.
printf '%s\n' "$authorized_key" | tr -d '\r' >"$private/authorized_keys"
fingerprints=''
while IFS= read -r line; do
  case $line in '' | '#'*) continue ;; esac
  printf '%s\n' "$line" >"$private/line"
  fingerprint=$("$ssh_keygen" -l -E sha256 -f "$private/line" 2>/dev/null | cut -d ' ' -f 2)
  [ -n "$fingerprint" ] ||
    die 64 'FARGATE_LOGIN_AUTHORIZED_KEY is not a public key.' "Give one authorized_keys line per key, e.g. the content of ~/.ssh/id_ed25519.pub.${toolkit:+ The toolkit takes Ed25519 keys only.}"
  fingerprints="$fingerprints $fingerprint"
done <"$private/authorized_keys"
[ -n "$fingerprints" ] || die 64 'FARGATE_LOGIN_AUTHORIZED_KEY holds no key.' 'Give one authorized_keys line per key.'
if [ -n "$host_key" ]; then
  host_key_origin=given
  printf '%s\n' "$host_key" >"$private/host_key"
  # Without -P ssh-keygen would ask for the passphrase on a terminal.
  "$ssh_keygen" -y -P '' -f "$private/host_key" >"$private/line" 2>/dev/null ||
    die 64 'FARGATE_LOGIN_HOST_KEY is not a private key.' "Give one without a passphrase, in OpenSSH form (BEGIN OPENSSH PRIVATE KEY), or none.${toolkit:+ The toolkit takes Ed25519 keys only.}"
else
  host_key_origin=generated
  "$ssh_keygen" -q -t ed25519 -N '' -C '' -f "$private/host_key" </dev/null
  mv "$private/host_key.pub" "$private/line"
fi
fingerprint=$("$ssh_keygen" -l -E sha256 -f "$private/line" | cut -d ' ' -f 2)
rm -f "$private/line"

# What sessions start from, to be sourced by session.sh: where the toolkit is, and
# "set -- 'DIRECTORY' 'SHELL' 'NAME=VALUE'...". It is made from the block that the kernel keeps of this process's start,
# because a shell drops names with dots; and through octal numbers, because any byte may stand in a value and no POSIX tool
# but od and printf takes all of them.
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
# What the container does not set is filled in: a home of which sshd must not know where it does not exist.
before() {
  for word in "${PWD:-/}" "${shell:--}" ${toolkit:+"HOME=$home"}; do
    word=$(printf %s "$word" | octal)
    printf '%s\n' "${word% }"
  done
}
# Quoted as the shell does it: ' becomes '\''.
printf "toolkit='%s'\nset -- %b\n" "$toolkit" "$(printf '%s\n%s\n' "$(before)" "$variables" |
  sed -e '/^$/d' -e 's/ 047/ 047 134 047 047/g' -e 's/ /\\0/g' -e "s/^/'/" -e "s/\$/'/" | tr '\n' ' ')" \
  >"$private/session.args"
cat "$here/session.sh" >"$private/session.sh"
cat "$here/enter.sh" >"$private/enter.sh"
mkdir "$private/hold"
# How many have logged in; log.sh counts.
echo 0 >"$private/accepted"

# pam: PAM would want files in /etc and bring motd and pam_env. But only with it does a distribution's sshd log in an
# account whose password is locked (starts with "!"), even with a key.
pam() {
  while IFS=: read -r name password _; do
    [ "$name" != "$user" ] || case $password in '!'*) echo 'UsePAM yes' && return ;; esac
  done 2>/dev/null </etc/shadow || :
  echo 'UsePAM no'
}

# sshd_config: the part that is the same everywhere, then what is known only now.
{
  cat "$here/sshd_config"
  printf 'Port %s\n' "$port"
  [ -z "$listen" ] || printf 'ListenAddress %s\n' "$listen"
  # The client's answers renew the lease. After three probes without one it is gone, at the fourth interval.
  printf 'ClientAliveInterval %s\n' "$((${lease:-30} / 2))"
  printf 'HostKey %s/host_key\n' "$private"
  printf 'AuthorizedKeysFile %s/authorized_keys\n' "$private"
  # Only the user of the container: no other could read the session's environment.
  printf 'AllowUsers %s\n' "$user"
  # Tells the client in the SSH banner whom to log in as, and what else it may ask for; the key exchange signs the banner.
  printf 'VersionAddendum fargate-login user=%s%s\n' "$user" "${toolkit:+ enter hold}"
  # bash as the login shell would read ~/.bashrc before it runs the forced command, but only as the outermost shell.
  printf 'SetEnv SHLVL=1\n'
  printf 'ForceCommand exec %s %s/session.sh %s\n' "$sh" "$private" "$private"
  [ -z "$sftp_server" ] || printf 'Subsystem sftp %s\n' "$sftp_server"
  if [ -n "$toolkit" ]; then
    printf 'SshdSessionPath %s/libexec/sshd-session\nSshdAuthPath %s/libexec/sshd-auth\n' "$toolkit" "$toolkit"
    cat "$here/sshd_config.toolkit"
  else
    echo 'PrintLastLog no'
    pam
  fi
} >"$private/sshd_config"

# sshd insists on an empty directory of its own, whose name is compiled in and which a tmpfs on /run hides.
if [ -n "$toolkit" ]; then
  export TOOLKIT_PASSWD="$passwd" ${lacks:+TOOLKIT_LACKS="$lacks"}
fi
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
  sh="$sh" \
  ${toolkit:+TOOLKIT_PASSWD="$passwd"} \
  ${lacks:+TOOLKIT_LACKS="$lacks"} \
  "$sh" "$here/supervise.sh"
