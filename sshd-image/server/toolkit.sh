# The toolkit's own OpenSSH, static, from bin/ and libexec/ next to entrypoint.sh. It needs nothing of the image.
# distribution.sh has the same functions for the OpenSSH of a distribution.

# Five names of one program, libexec/openssh.
openssh='libexec/sshd libexec/sshd-session libexec/sshd-auth libexec/sftp-server libexec/ssh-keygen'

# find_server: sets toolkit (its directory), sh, sshd, ssh_keygen and sftp_server, and puts the toolkit first in PATH.
find_server() {
  : "${here:?}" "${private:?}"
  toolkit=$here
  for program in bin/busybox bin/sh bin/sed $openssh libexec/enter libexec/hold; do
    [ -x "$here/$program" ] || toolkit=$private/toolkit
  done
  [ "$toolkit" = "$here" ] || repair_toolkit
  case $PATH in "$toolkit"/*) ;; *) PATH=$toolkit/bin:$PATH ;; esac
  sh=$toolkit/bin/sh
  sshd=$toolkit/libexec/sshd
  ssh_keygen=$toolkit/libexec/ssh-keygen
  sftp_server=$toolkit/libexec/sftp-server
}

# repair_toolkit: a copy may have lost its links and run bits, in a place that we cannot change.
repair_toolkit() {
  mkdir -p "$toolkit/bin" "$toolkit/libexec"
  cp "$here/libexec/openssh" "$here/libexec/enter" "$here/libexec/hold" "$toolkit/libexec/"
  cp "$here/bin/busybox" "$here/bin/rsync" "$toolkit/bin/"
  chmod 755 "$toolkit/bin"/* "$toolkit/libexec"/*
  for name in $openssh; do ln -s openssh "$toolkit/$name"; done
  "$toolkit/bin/busybox" --install -s "$toolkit/bin" 2>/dev/null ||
    die 69 "the programs in $here may not be run." 'Give them their run bits back (chmod +x), or mount a tmpfs with exec on /tmp.'
}

# find_server_user: sets user (the name to log in as), shell and server_environment. toolkit/accounts.c reads the account
# from there, so the user needs neither a name in /etc/passwd nor a shell that works.
find_server_user() {
  : "${sh:?}" "${uid:?}" "${name?}" "${home?}" "${login_shell?}"
  user=$name
  case $user in *[!A-Za-z0-9._-]* | '' | -*) user=uid$uid ;; esac
  find_shell "$login_shell" "$sh" || shell=$sh
  sshd_home=$home
  case $home in *:*) sshd_home=/ ;; esac
  [ -d "$sshd_home" ] || sshd_home=/
  TOOLKIT_PASSWD=$user:x:$uid:$(id -g)::$sshd_home:$sh
  export TOOLKIT_PASSWD
  find_missing_powers
}

# find_missing_powers: sets TOOLKIT_LACKS where root lacks what its sshd needs to separate itself from strangers:
# CAP_SETGID and CAP_SETUID (ids), CAP_SYS_CHROOT (chroot).
find_missing_powers() {
  TOOLKIT_LACKS=''
  [ "$uid" -eq 0 ] || return 0
  capabilities=$(sed -n 's/^CapEff:[^0-9a-f]*//p' /proc/self/status 2>/dev/null || :)
  capabilities=$((0x${capabilities:-400c0}))
  [ $((capabilities & 0xc0)) -eq $((0xc0)) ] || TOOLKIT_LACKS=ids
  [ $((capabilities & 0x40000)) -ne 0 ] || TOOLKIT_LACKS=$TOOLKIT_LACKS,chroot
  export TOOLKIT_LACKS
}

# key_hint: prints what to add to a complaint about a key.
key_hint() {
  printf ' The toolkit takes Ed25519, ECDSA and RSA keys, and no hardware keys (sk-...).'
}

# banner_words: prints what the server offers besides SSH, for the banner.
banner_words() {
  printf ' enter hold'
}

# server_versions: prints what the log's first line says of the server: Debian's versions, as its security tracker has them.
server_versions() {
  : "${here:?}"
  while read -r package version; do printf ' %s=%s' "$package" "$version"; done <"$here/versions"
}

# server_config: prints the lines of sshd_config that only this server has.
server_config() {
  : "${toolkit:?}"
  printf 'SshdSessionPath %s/libexec/sshd-session\nSshdAuthPath %s/libexec/sshd-auth\n' "$toolkit" "$toolkit"
  cat "$here/sshd_config.penalties" "$here/sshd_config.toolkit"
}

# pause SECONDS: without a child process. Where processes multiply there may be none to be had, and a shell that cannot
# fork ends. Descriptor 4 is a FIFO that nobody writes to.
pause() {
  # shellcheck disable=SC3045 # busybox has it
  read -r -t "$1" _ <&4 || :
}
