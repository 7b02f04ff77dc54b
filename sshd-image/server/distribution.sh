# The OpenSSH of a distribution or of macOS, 8.5 or later. toolkit.sh has the same functions for the toolkit's own.

# find_server: sets sh, sshd, ssh_keygen and sftp_server; toolkit is empty.
find_server() {
  toolkit=''
  sh=/bin/sh
  sshd=$(first_file /usr/sbin/sshd /usr/local/sbin/sshd /opt/homebrew/sbin/sshd "$(command -v sshd || :)")
  [ -n "$sshd" ] || die 69 'there is no sshd.' 'Install the package openssh-server.'
  ssh_keygen=$(command -v ssh-keygen || :)
  [ -n "$ssh_keygen" ] || die 69 'there is no ssh-keygen.' 'Install the package openssh-client.'
  sftp_server=$(first_file /usr/lib/openssh/sftp-server /usr/lib/ssh/sftp-server \
    /usr/libexec/openssh/sftp-server /usr/libexec/sftp-server)
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

# find_server_user: sets user. sshd looks into /etc/passwd, insists on the shell there, and starts even the forced command
# with it. So shell stays empty: it is the one that sshd gives the session.
find_server_user() {
  : "${uid:?}" "${login_shell?}"
  shell=''
  user=$(id -un 2>/dev/null) ||
    die 69 "uid $uid has no name here, and sshd logs in names only." 'Add the user to /etc/passwd of the image, e.g. RUN useradd -u UID app.'
  case $user in
    *[!A-Za-z0-9._-]*) die 69 'the user name has characters that sshd would take as a pattern.' 'Use letters, digits, dot, dash and underscore.' ;;
  esac
  case ${login_shell##*/} in
    nologin | false) die 69 "the shell of user $user is $login_shell, with which sshd opens no session." "Give it one in the image, e.g. RUN usermod -s /bin/sh $user." ;;
  esac
}

# key_hint: prints what to add to a complaint about a key.
key_hint() {
  :
}

# banner_words: prints what the server offers besides SSH, for the banner.
banner_words() {
  :
}

# server_versions: prints what the log's first line says of the server: "OpenSSH_9.2p1 Debian-2+deb12u7, OpenSSL 3.0.17 ..."
# of sshd -V, which before 9.2 is a complaint with the same line in it.
server_versions() {
  : "${sshd:?}"
  "$sshd" -V 2>&1 | sed -n 's/^OpenSSH_\([^, ]*\)\( [^,]*\)\{0,1\}, OpenSSL \([^ ]*\).*/ openssh=\1 openssl=\3/p' | head -n 1
}

# server_config: prints the lines of sshd_config that only this server has.
server_config() {
  : "${here:?}"
  echo 'PrintLastLog no'
  pam
  # OpenSSH before 9.8 does not know them and would not start.
  if knows_penalties; then cat "$here/sshd_config.penalties"; fi
}

# pam: PAM would want files in /etc and bring motd and pam_env. But sshd needs it to log in an account whose password is
# locked (starts with "!"), even with a key.
pam() {
  : "${user:?}"
  while IFS=: read -r name password _; do
    [ "$name" != "$user" ] || case $password in '!'*) echo 'UsePAM yes' && return ;; esac
  done 2>/dev/null </etc/shadow || :
  echo 'UsePAM no'
}

knows_penalties() {
  : "${sshd:?}" "${private:?}"
  ! "$sshd" -t -f /dev/null -h "$private/host_key" -o PerSourcePenalties=no 2>&1 | grep -q PerSourcePenalties
}

# pause SECONDS. A trap waits for its end.
pause() {
  sleep "$1"
}
