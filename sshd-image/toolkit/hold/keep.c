/* The life of the keeper, the process that has the program's terminal: start, service, end. */
#define _GNU_SOURCE

#include "hold.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

static int watch_signals(void)
{
	sigset_t wanted;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGCHLD);
	sigaddset(&wanted, SIGHUP);
	sigaddset(&wanted, SIGTERM);
	sigprocmask(SIG_BLOCK, &wanted, NULL);
	return signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* Starts the program on a new terminal. Returns its process, or -1. */
static pid_t run(char **program, int *terminal, const struct winsize *size)
{
	char name[64];
	pid_t pid = forkpty(terminal, name, NULL, size);

	if (pid == 0) {
		sigset_t none;

		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		setenv("SSH_TTY", name, 1);
		execvp(program[0], program);
		fail(program[0]);
	}
	return pid;
}

static void mark_kept(const char *name, int kept)
{
	char path[MAX_NAME + sizeof KEPT_SUFFIX];
	int fd;

	snprintf(path, sizeof path, "%s" KEPT_SUFFIX, name);
	if (!kept) {
		unlink(path);
	} else if ((fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) >= 0) {
		dprintf(fd, "%d\n", (int)getpid());
		close(fd);
	}
}

/* Tells a viewer that has all the output how the program ended. */
static void tell_end(struct keeper *keeper)
{
	struct viewer *viewer = &keeper->viewer;

	if (viewer->fd >= 0 && viewer->next == memory_end() && !viewer->knows_end)
		viewer->knows_end = send_message(viewer->fd, EXIT, &keeper->status, sizeof keeper->status) == 0;
}

/* As long as the container lives, a viewer may come for the rest of the output and the exit status. */
static void serve_the_rest(struct keeper *keeper)
{
	for (;;) {
		tell_end(keeper);
		if (keeper->closing && keeper->viewer.fd < 0)
			return;
		if (keeper->closing && keeper->viewer.knows_end)
			return;
		if (!serve(keeper) && keeper->closing)
			return;
	}
}

void keep(const struct request *request, char **program, int listener, int ready, const struct winsize *size)
{
	static struct keeper keeper;

	keeper.listener = listener;
	keeper.viewer.fd = -1;
	keeper.signals = watch_signals();
	if (make_memory() != 0 || keeper.signals < 0 || (keeper.program = run(program, &keeper.terminal, size)) < 0) {
		unlink(request->name);
		exit(69);
	}
	if (request->keep)
		mark_kept(request->name, 1);
	fcntl(keeper.terminal, F_SETFL, O_NONBLOCK);
	if (write(ready, "", 1) == 1)
		close(ready);
	while (!keeper.ended)
		serve(&keeper);
	while (read_program(&keeper))
		;
	mark_kept(request->name, 0);
	serve_the_rest(&keeper);
	unlink(request->name);
	exit(0);
}
