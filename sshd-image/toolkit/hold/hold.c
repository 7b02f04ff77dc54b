/*
 * hold [-k] [-d] [-f OFFSET | -a] PATH [PROGRAM [ARG...]]: runs a program on a terminal of its own, which outlives the
 * connection over which it was started, and shows it on this one. PATH is the socket by which it is found again; what is
 * held there already is not started a second time.
 *
 *   -f OFFSET  go on with a program that is held: show what it wrote after its first OFFSET bytes
 *   -a         go on with a program that is held: show the last of what it wrote, on a terminal that knows nothing of it
 *   -k         it is meant to go on while nobody looks: PATH.kept exists as long as it runs
 *   -d         start it and do not look
 *
 * Not tmux: that draws a picture of the terminal, of which the user's own gets what is left to be drawn; of a hundred
 * thousand lines printed at once a tenth arrives. Not dtach: that hands on every byte, but none of what is written while
 * nobody looks. This hands on every byte, and remembers the last megabytes.
 *
 * Exit status: the program's; killed by the same signal, if it was; 69 where nothing is held under that name.
 */
#define _GNU_SOURCE

#include "hold.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

void fail(const char *what)
{
	fprintf(stderr, "fargate-login: hold: %s: %s\n", what, strerror(errno));
	exit(69);
}

int send_message(int fd, char type, const void *data, size_t length)
{
	struct iovec parts[] = {{&type, 1}, {(void *)data, length}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = length ? 2 : 1};

	return sendmsg(fd, &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

/* Goes to the directory, as the whole path may be too long for a socket. Returns the name in it. */
static const char *enter_directory(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == NULL)
		return path;
	*slash = 0;
	if (chdir(slash == path ? "/" : path) != 0)
		fail(path);
	return slash + 1;
}

static struct sockaddr_un address_of(const char *name)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (strlen(name) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		fail(name);
	}
	strcpy(address.sun_path, name);
	return address;
}

static int new_socket(void)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd < 0)
		fail("socket");
	return fd;
}

static int connect_to(const char *name)
{
	struct sockaddr_un address = address_of(name);
	int fd = new_socket();

	if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Leaves a keeper behind that has nothing to do any more with this process, its terminal and its session. */
static void start(const struct held *held)
{
	struct sockaddr_un address = address_of(held->name);
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	int listener = new_socket();
	int ready[2];
	int nothing;
	char up;

	ioctl(STDIN_FILENO, TIOCGWINSZ, &size);
	unlink(held->name);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 8) != 0)
		fail(held->name);
	if (pipe2(ready, O_CLOEXEC) != 0)
		fail("pipe");
	switch (fork()) {
	case -1:
		fail("fork");
	case 0:
		setsid();
		close(ready[0]);
		if ((nothing = open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0) {
			dup2(nothing, STDIN_FILENO);
			dup2(nothing, STDOUT_FILENO);
			dup2(nothing, STDERR_FILENO);
		}
		keep(held, listener, ready[1], &size);
	}
	close(listener);
	close(ready[1]);
	/* Until then our end would be the keeper's end, too; and there may be no terminal to be had. */
	if (read(ready[0], &up, 1) != 1) {
		errno = EAGAIN;
		fail("no terminal for the program");
	}
	close(ready[0]);
}

/* Ends as the program did. */
static _Noreturn void end_like(int status)
{
	static const struct rlimit no_core = {0, 0};

	if (!WIFSIGNALED(status))
		exit(WEXITSTATUS(status));
	setrlimit(RLIMIT_CORE, &no_core);
	signal(WTERMSIG(status), SIG_DFL);
	raise(WTERMSIG(status));
	exit(128 + WTERMSIG(status));
}

int main(int argc, char **argv)
{
	struct held held = {0};
	uint64_t from = 0;
	int again = 0, away = 0, keeper, option;

	while ((option = getopt(argc, argv, "+kdaf:")) != -1) {
		switch (option) {
		case 'k': held.kept = 1; break;
		case 'd': away = 1; break;
		case 'a': again = 1; from = RECENT; break;
		case 'f': again = 1; from = strtoull(optarg, NULL, 10); break;
		default: return 64;
		}
	}
	if (optind >= argc || (!again && optind + 1 >= argc)) {
		fprintf(stderr, "fargate-login: hold: wrong usage\n");
		return 64;
	}
	held.name = enter_directory(argv[optind]);
	held.program = argv + optind + 1;
	if ((keeper = connect_to(held.name)) < 0 && !again) {
		start(&held);
		if (away)
			return 0;
		keeper = connect_to(held.name);
	}
	if (keeper < 0) {
		fprintf(stderr, "fargate-login: the program is not held here any more.\n");
		return 69;
	}
	end_like(view(keeper, from));
}
