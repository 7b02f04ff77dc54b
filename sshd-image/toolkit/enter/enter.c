/*
 * enter NAME:RUNTIME_ID sftp SFTP_SERVER
 * enter NAME:RUNTIME_ID shell BUSYBOX [COMMAND]: runs that program of this container, or a shell of the other one, as if
 * it were one of another container of the same task: with its root directory, its working directory, its user and groups,
 * its environment, and no capability that it lacks.
 *
 * Both containers share their processes (pidMode: task), but neither files nor users. The program is opened before the
 * root directory changes, so it need not be there afterwards; it has to be static then. Of the environment of the caller
 * only what concerns the terminal and the connection is added. Needs root, CAP_SYS_PTRACE (to look into the other's
 * /proc/PID), and of Docker's usual capabilities CAP_SYS_CHROOT, CAP_SETUID, CAP_SETGID and CAP_SETPCAP.
 *
 * Exit status: 69 where it cannot be done, else the program's.
 */
#define _GNU_SOURCE

#include "enter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

void fail(const char *what, const char *detail)
{
	const char *hint = "";

	if (errno == EACCES || errno == EPERM)
		hint = geteuid() != 0 ?
		    " The container that runs sshd has to run as root for that: take \"user\" out of its definition." :
		    " The container that runs sshd needs SYS_PTRACE in linuxParameters.capabilities.add for that, "
		    "and no capability dropped.";
	fprintf(stderr, "fargate-login: cannot enter: %s %s: %s.%s\n", what, detail, strerror(errno), hint);
	exit(69);
}

/*
 * The program in memory, sealed. The other's root can open what runs there by /proc/PID/exe: not for writing then, while
 * the file itself runs in this container too, with its capabilities.
 */
static int sealed_copy(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC), copy = memfd_create(path, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	ssize_t sent;

	if (file == -1 || copy == -1)
		fail("open", path);
	while ((sent = sendfile(copy, file, NULL, 1 << 20)) > 0)
		;
	if (sent == -1 || fcntl(copy, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == -1)
		fail("copy", path);
	close(file);
	return copy;
}

static int sees_proc(int process)
{
	struct stat status;

	return fstatat(process, "root/proc/self", &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A daemon may have shut itself up in an empty directory; another process of the container sees all of it then. */
static void change_root(const struct container *container, int process)
{
	int other = sees_proc(process) ? -1 : first_process(container, sees_proc), root, directory;

	if (other != -1)
		process = other;
	if ((root = openat(process, "root", O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1)
		fail("open", "its root directory");
	if ((directory = openat(process, "cwd", O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1)
		fail("open", "its working directory");
	if (fchdir(root) == -1 || chroot(".") == -1)
		fail("change to", "its root directory");
	if (fchdir(directory) == -1 && chdir("/") == -1)
		fail("change to", "its working directory");
}

/* A command would not notice, and do its work without its settings: on the wrong database, say. */
static void miss_environment(const char *name, int person)
{
	fprintf(stderr, "fargate-login: %scontainer %s does not show its environment: its program has written over it, as it "
	    "does to change its title. Start it by a program that stays and keeps it: sh -c 'PROGRAM; :', or tini -s, which "
	    "passes signals on.%s\n", person ? "WARNING: " : "cannot enter: ", name,
	    person ? " This session has none of it." : " On a terminal (-t) it can be entered without.");
	if (!person)
		exit(69);
}

int main(int argc, char **argv)
{
	struct container container;
	struct identity id;
	int process, program, shell = argc > 2 && strcmp(argv[2], "shell") == 0;
	char **variables;

	if (argc < 4 || argc > (shell ? 5 : 4)) {
		fprintf(stderr, "usage: enter NAME:RUNTIME_ID sftp SFTP_SERVER | shell BUSYBOX [COMMAND]\n");
		return 64;
	}
	program = sealed_copy(argv[3]);
	process = find_container(argv[1], &container);
	id = identity_of(process);
	if ((variables = environment_of(&container, process)) == NULL && shell)
		miss_environment(container.name, isatty(0));
	take_environment(variables);
	change_root(&container, process);
	become(&id);
	if (shell)
		run_shell(id.uid, program, argv[4]);
	fexecve(program, (char *[]){"sftp-server", NULL}, environ);
	fail("run", argv[3]);
}
