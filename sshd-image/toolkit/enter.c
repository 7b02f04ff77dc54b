/*
 * enter PID PROGRAM ARGV0 [ARG...]: runs a program of this container as if it were one of the container of process PID:
 * with its root directory, its working directory, its user and groups, and its environment.
 *
 * Both containers share their processes (pidMode: task), but neither files nor users. The program is opened before the
 * root directory changes, so it need not be there afterwards; it has to be static then. Of the environment of the caller
 * only what concerns the terminal and the connection is added. Needs root, CAP_SYS_PTRACE (to look into the other's
 * /proc/PID), and of Docker's usual capabilities CAP_SYS_CHROOT, CAP_SETUID and CAP_SETGID.
 *
 * Exit status: 69 where it cannot be done, else the program's.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_GROUPS 1024

extern char **environ;

static void fail(const char *what, const char *detail)
{
	fprintf(stderr, "fargate-login: cannot enter: %s %s: %s\n", what, detail, strerror(errno));
	exit(69);
}

/* Opens /proc/PID/NAME. */
static FILE *process_file(const char *pid, const char *name)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
	if ((file = fopen(path, "r")) == NULL)
		fail("open", path);
	return file;
}

struct identity {
	uid_t uid;
	gid_t gid;
	gid_t groups[MAX_GROUPS];
	size_t group_count;
};

/* The effective user and group, and the others, from lines such as "Uid:\t0\t0\t0\t0" and "Groups:\t4 24 27". */
static struct identity identity_of(const char *pid)
{
	FILE *file = process_file(pid, "status");
	struct identity id = {0};
	unsigned effective;
	int seen = 0;
	char *line = NULL, *rest, *word;
	size_t size = 0;

	while (getline(&line, &size, file) != -1) {
		if (sscanf(line, "Uid: %*u %u", &effective) == 1) {
			id.uid = effective;
			seen |= 1;
		} else if (sscanf(line, "Gid: %*u %u", &effective) == 1) {
			id.gid = effective;
			seen |= 2;
		} else if (strncmp(line, "Groups:", 7) == 0) {
			for (rest = line + 7; (word = strtok(rest, " \t\n")) != NULL; rest = NULL)
				if (id.group_count < MAX_GROUPS)
					id.groups[id.group_count++] = (gid_t)strtoul(word, NULL, 10);
		}
	}
	fclose(file);
	free(line);
	if (seen != 3) {
		errno = ESRCH;
		fail("read the user of process", pid);
	}
	return id;
}

/* All of a small file. */
static char *contents(FILE *file, size_t *length)
{
	size_t room = 4096, got;
	char *text = malloc(room + 1);

	for (*length = 0; text != NULL && (got = fread(text + *length, 1, room - *length, file)) > 0;) {
		*length += got;
		if (*length == room)
			text = realloc(text, (room *= 2) + 1);
	}
	if (text == NULL)
		fail("read", "the environment");
	text[*length] = '\0';
	fclose(file);
	return text;
}

/* The other's environment takes the place of ours, all but these. */
static void take_environment(const char *pid)
{
	static const char *const kept[] = {"TERM", "COLORTERM", "SSH_CONNECTION", "SSH_TTY", "SSH_AUTH_SOCK"};
	const size_t count = sizeof kept / sizeof *kept;
	const char *values[sizeof kept / sizeof *kept];
	size_t length, i;
	char *text = contents(process_file(pid, "environ"), &length), *variable;

	for (i = 0; i < count; i++)
		values[i] = getenv(kept[i]);
	clearenv();
	for (variable = text; variable < text + length; variable += strlen(variable) + 1)
		if (strchr(variable, '=') != NULL && strncmp(variable, "FARGATE_LOGIN_", 14) != 0)
			putenv(variable);
	for (i = 0; i < count; i++)
		if (values[i] != NULL)
			setenv(kept[i], values[i], 1);
}

int main(int argc, char **argv)
{
	char path[64], directory[4096];
	struct identity id;
	ssize_t length;
	int program;

	if (argc < 4 || argv[1][strspn(argv[1], "0123456789")] != '\0') {
		fprintf(stderr, "usage: enter PID PROGRAM ARGV0 [ARG...]\n");
		return 64;
	}
	if ((program = open(argv[2], O_RDONLY | O_CLOEXEC)) == -1)
		fail("open", argv[2]);
	id = identity_of(argv[1]);
	take_environment(argv[1]);
	snprintf(path, sizeof path, "/proc/%s/cwd", argv[1]);
	if ((length = readlink(path, directory, sizeof directory - 1)) == -1)
		fail("read", path);
	directory[length] = '\0';

	snprintf(path, sizeof path, "/proc/%s/root", argv[1]);
	if (chroot(path) == -1)
		fail("chroot", path);
	if (chdir(directory) == -1 && chdir("/") == -1)
		fail("chdir", "/");
	if (setgroups(id.group_count, id.groups) == -1 || setresgid(id.gid, id.gid, id.gid) == -1 ||
	    setresuid(id.uid, id.uid, id.uid) == -1)
		fail("become", "its user");
	fexecve(program, argv + 3, environ);
	fail("run", argv[2]);
}
