/* The viewer: bytes from here to there and back, until the program has ended. */
#define _GNU_SOURCE

#include "hold.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

static struct termios before;
static int has_terminal;
static volatile sig_atomic_t resized = 1;

/* What the keeper did not take yet. */
static struct {
	char bytes[MAX_DATA];
	size_t length;
} typed;

static void restore(void)
{
	if (has_terminal)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
}

static void on_resize(int signal)
{
	(void)signal;
	resized = 1;
}

/* Every byte as it is: the held terminal echoes, translates and signals. */
static void make_raw(void)
{
	struct termios raw;

	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return;
	raw = before;
	cfmakeraw(&raw);
	has_terminal = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
	atexit(restore);
}

static void show(const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(STDOUT_FILENO, bytes, length);

		if (written < 0 && errno != EINTR)
			exit(1);
		if (written > 0) {
			bytes += written;
			length -= written;
		}
	}
}

static void send_size(int keeper)
{
	struct winsize size;

	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0 || send_message(keeper, RESIZE, &size, sizeof size) == 0 ||
	    (errno != EAGAIN && errno != EINTR))
		resized = 0;
}

/* Returns whether there may be more to type. */
static int read_user(void)
{
	ssize_t length = read(STDIN_FILENO, typed.bytes, sizeof typed.bytes);

	if (length > 0)
		typed.length = length;
	return length > 0 || (length < 0 && (errno == EINTR || errno == EAGAIN));
}

static void send_typed(int keeper)
{
	if (send_message(keeper, INPUT, typed.bytes, typed.length) == 0 || (errno != EAGAIN && errno != EINTR))
		typed.length = 0;
}

/* Shows what the keeper says. Returns whether that was its last word, with the status. */
static int hear(int keeper, int *status)
{
	char packet[MAX_PACKET];
	ssize_t length = recv(keeper, packet, sizeof packet, 0);

	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (length <= 0) {
		restore();
		complain("what held this terminal was killed, and its program with it.");
		*status = SIGHUP;
		return 1;
	}
	switch (packet[0]) {
	case OUTPUT:
		show(packet + 1, length - 1);
		return 0;
	case EXIT:
		memcpy(status, packet + 1, sizeof *status);
		return 1;
	default:
		/* The client says so: here it would be output of the program. */
		*status = 0;
		return 1;
	}
}

int view(int keeper, uint64_t from)
{
	struct sigaction act = {.sa_handler = on_resize};
	struct view wanted = {.from = from, .size = {.ws_row = 24, .ws_col = 80}};
	sigset_t resize, otherwise;
	int status, open = 1;

	/* Blocked but in ppoll, so that none is missed. */
	sigemptyset(&resize);
	sigaddset(&resize, SIGWINCH);
	sigprocmask(SIG_BLOCK, &resize, &otherwise);
	sigaction(SIGWINCH, &act, NULL);
	ioctl(STDIN_FILENO, TIOCGWINSZ, &wanted.size);
	make_raw();
	fcntl(keeper, F_SETFL, O_NONBLOCK);
	if (send_message(keeper, VIEW, &wanted, sizeof wanted) != 0)
		fail("keeper");
	for (;;) {
		struct pollfd ends[] = {
			{.fd = keeper, .events = POLLIN | (typed.length > 0 || resized ? POLLOUT : 0)},
			{.fd = open && typed.length == 0 ? STDIN_FILENO : -1, .events = POLLIN},
		};

		if (ppoll(ends, 2, NULL, &otherwise) < 0) {
			if (errno == EINTR)
				continue;
			fail("poll");
		}
		if ((ends[0].revents & ~POLLOUT) && hear(keeper, &status))
			break;
		if (ends[0].revents & POLLOUT) {
			if (resized)
				send_size(keeper);
			if (typed.length > 0)
				send_typed(keeper);
		}
		/* No input any more is no reason to leave: there may still be output. */
		if (ends[1].revents)
			open = read_user();
	}
	restore();
	return status;
}
