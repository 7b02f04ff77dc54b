/*
 * hold DIRECTORY REQUEST PROGRAM [ARG...]: runs a program on a terminal of its own, which outlives the connection over
 * which it was started, and shows it on this one. REQUEST is NAME[:WORD]...; DIRECTORY has the socket NAME by which the
 * program is found again. A program that is held there already is not started a second time.
 *
 *   from=N  go on with a program that is held: show its output after the first N bytes
 *   again   go on with a program that is held: show the last of its output, on a terminal that has seen nothing of it
 *   keep    the program is to go on while nobody looks: NAME.kept exists as long as it runs
 *   leave   start it and do not look
 *   state   only say whether a program with `keep` is "running" or has "ended"
 *
 * tmux would not do: it draws a picture of the terminal, and of a hundred thousand lines printed at once a tenth arrives.
 * Nor would dtach: it passes on every byte, but none that is written while nobody looks. This passes on every byte, and
 * remembers the last megabytes.
 *
 * Exit status: the program's; killed by the same signal, if it was; 64 for a request that makes no sense; 69 where no
 * program is held under that name, or the session has no terminal (no-pty in the authorized key).
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

/* A line of its own: the terminal may be raw, and the cursor anywhere. */
void complain(const char *text)
{
	fprintf(stderr, isatty(STDERR_FILENO) ? "\r\nfargate-login: %s\r\n" : "fargate-login: %s\n", text);
}

void fail(const char *what)
{
	char text[512];

	snprintf(text, sizeof text, "hold: %s: %s", what, strerror(errno));
	complain(text);
	exit(69);
}

int send_message(int fd, char type, const void *data, size_t length)
{
	struct iovec parts[] = {{&type, 1}, {(void *)data, length}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = length ? 2 : 1};

	return sendmsg(fd, &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
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

/* Leaves a keeper behind that is independent of this process, its terminal and its session. */
static void start(const struct request *request, char **program)
{
	struct sockaddr_un address = address_of(request->name);
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	int listener = new_socket();
	int ready[2];
	int null;
	char up;

	ioctl(STDIN_FILENO, TIOCGWINSZ, &size);
	unlink(request->name);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 8) != 0)
		fail(request->name);
	if (pipe2(ready, O_CLOEXEC) != 0)
		fail("pipe");
	switch (fork()) {
	case -1:
		fail("fork");
	case 0:
		setsid();
		close(ready[0]);
		if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0) {
			dup2(null, STDIN_FILENO);
			dup2(null, STDOUT_FILENO);
			dup2(null, STDERR_FILENO);
		}
		keep(request, program, listener, ready[1], &size);
	}
	close(listener);
	close(ready[1]);
	/* Until then the end of this process would end the keeper, too; and there may be no terminal to be had. */
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

static int print_state(const char *name)
{
	char mark[MAX_NAME + sizeof KEPT_SUFFIX];

	snprintf(mark, sizeof mark, "%s" KEPT_SUFFIX, name);
	return puts(access(mark, F_OK) == 0 ? "running" : "ended") < 0;
}

int main(int argc, char **argv)
{
	struct request request;
	int keeper;

	if (argc < 4 || parse_request(argv[2], &request) != 0 || strlen(request.name) > MAX_NAME) {
		complain("hold: the client's request makes no sense.");
		return 64;
	}
	/* The whole path may be too long for a socket. */
	if (chdir(argv[1]) != 0)
		fail(argv[1]);
	if (request.state)
		return print_state(request.name);
	if (!isatty(STDIN_FILENO)) {
		complain("this session has no terminal, so none can be held.");
		return 69;
	}
	if ((keeper = connect_to(request.name)) < 0 && !request.again) {
		start(&request, argv + 3);
		if (request.leave)
			return 0;
		keeper = connect_to(request.name);
	}
	if (keeper < 0) {
		complain("the program is not held here any more.");
		return 69;
	}
	end_like(view(keeper, request.from));
}
