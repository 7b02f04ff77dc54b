/*
 * OpenSSH's programs in one, under five names, as busybox is: the crypto library is in it once. build.sh gives each main
 * a name of its own.
 */
#include <stdio.h>
#include <string.h>

int sshd_main(int, char **);
int sshd_session_main(int, char **);
int sshd_auth_main(int, char **);
int sftp_server_main(int, char **);
int ssh_keygen_main(int, char **);

static const struct {
	const char *name;
	int (*main)(int, char **);
} programs[] = {
	{ "sshd", sshd_main },
	{ "sshd-session", sshd_session_main },
	{ "sshd-auth", sshd_auth_main },
	{ "sftp-server", sftp_server_main },
	{ "ssh-keygen", ssh_keygen_main },
};

int main(int argc, char **argv)
{
	const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
	const char *name = slash != NULL ? slash + 1 : argc > 0 ? argv[0] : "";

	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
		if (strcmp(name, programs[i].name) == 0)
			return programs[i].main(argc, argv);
	fprintf(stderr, "%s: call it by the name of one of OpenSSH's programs, e.g. sshd.\n", name);
	return 127;
}
