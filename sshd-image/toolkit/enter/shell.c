/* The shell of a session in the other container. shell.sh says the same for one in its own. */
#define _GNU_SOURCE

#include "enter.h"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A shell that does nothing for as long is passed over. */
#define MOST_SECONDS 2

/* That user in /etc/passwd, or NULL. Anything but a file may never end. */
static struct passwd *account_of(uid_t uid)
{
	int fd = open("/etc/passwd", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	struct passwd *account = NULL;
	FILE *file;

	if (fd == -1 || fstat(fd, &status) == -1 || !S_ISREG(status.st_mode) || (file = fdopen(fd, "r")) == NULL)
		return NULL;
	while ((account = fgetpwent(file)) != NULL && account->pw_uid != uid)
		;
	fclose(file);
	return account;
}

/* Does it exist and run commands? An image may have a shell that its libraries were taken from. */
static int works(const char *shell)
{
	const struct timespec most = {.tv_sec = MOST_SECONDS};
	const char *name = strrchr(shell, '/');
	sigset_t child, before;
	int fd, status = -1;
	pid_t pid;

	if (name == NULL || strcmp(name, "/nologin") == 0 || strcmp(name, "/false") == 0 || access(shell, X_OK) == -1)
		return 0;
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &before);
	signal(SIGCHLD, SIG_DFL);
	if ((pid = fork()) == 0) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		setsid();
		for (fd = 0; fd <= 2; fd++)
			close(fd);
		if (open("/dev/null", O_RDWR) == 0 && dup(0) == 1)
			dup(0);
		execl(shell, shell, "-c", ":", (char *)NULL);
		_exit(127);
	}
	if (pid > 0) {
		if (sigtimedwait(&child, NULL, &most) == -1)
			kill(-pid, SIGKILL);
		waitpid(pid, &status, 0);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status == 0;
}

void run_shell(uid_t uid, int busybox, char *command)
{
	const struct passwd *account = account_of(uid);
	const char *const shells[] = {account == NULL ? "" : account->pw_shell, "/bin/bash", "/usr/bin/bash",
	    "/usr/local/bin/bash", "/bin/sh", "/usr/bin/sh"};
	const size_t count = sizeof shells / sizeof *shells;
	const char *home = getenv("HOME");
	char *arguments[] = {"sh", command == NULL ? NULL : "-c", command, NULL};
	size_t i;

	if (home == NULL || *home == '\0')
		setenv("HOME", account == NULL ? "/" : account->pw_dir, 1);
	if (account != NULL) {
		setenv("USER", account->pw_name, 0);
		setenv("LOGNAME", account->pw_name, 0);
	}
	if (isatty(0))
		setenv("LANG", "C.UTF-8", 0);
	/* bash reads ~/.bashrc even for a command when its input is a socket and it is the outermost shell. */
	if (command != NULL)
		setenv("SHLVL", "1", 1);
	for (i = 0; i < count && !works(shells[i]); i++)
		;
	if (i < count) {
		setenv("SHELL", shells[i], 1);
		arguments[0] = (char *)shells[i];
		execv(shells[i], arguments);
		fail("run", shells[i]);
	}
	if (access("/proc/self/exe", F_OK) == -1)
		fprintf(stderr, "fargate-login: there is neither a shell nor /proc here: only what is built into the shell works.\n");
	fexecve(busybox, arguments, environ);
	fail("run", "the toolkit's shell");
}
