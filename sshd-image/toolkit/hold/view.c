/* The viewer: bytes from here to there and back, until the program has ended. */
#define _GNU_SOURCE

#include "hold.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct termios before;
static int has_terminal;
static volatile sig_atomic_t resized = 1;

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

	resized = 0;
	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0)
		send_message(keeper, RESIZE, &size, sizeof size);
}

int view(int keeper, uint64_t from)
{
	struct sigaction act = {.sa_handler = on_resize};
	struct pollfd ends[] = {{.fd = keeper, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
	struct view wanted = {.from = from, .size = {.ws_row = 24, .ws_col = 80}};
	char packet[MAX_PACKET];
	ssize_t length;
	int status;

	sigaction(SIGWINCH, &act, NULL);
	ioctl(STDIN_FILENO, TIOCGWINSZ, &wanted.size);
	make_raw();
	if (send_message(keeper, VIEW, &wanted, sizeof wanted) != 0)
		fail("keeper");
	for (;;) {
		if (resized)
			send_size(keeper);
		if (poll(ends, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			fail("poll");
		}
		if (ends[0].revents) {
			length = recv(keeper, packet, sizeof packet, 0);
			if (length <= 0) {
				/* The keeper was killed, and the program hangs up. */
				restore();
				raise(SIGHUP);
				return SIGHUP;
			}
			if (packet[0] == OUTPUT)
				show(packet + 1, length - 1);
			if (packet[0] == EXIT && length == 1 + sizeof status) {
				memcpy(&status, packet + 1, sizeof status);
				return status;
			}
			if (packet[0] == TAKEN) {
				restore();
				fprintf(stderr, "\nfargate-login: this terminal is shown by another connection now.\n");
				return 0;
			}
		}
		if (ends[1].revents) {
			length = read(STDIN_FILENO, packet, MAX_DATA);
			/* No input any more is no reason to leave: there may still be output. */
			if (length <= 0)
				ends[1].fd = -1;
			else if (send_message(keeper, INPUT, packet, length) != 0)
				ends[1].fd = -1;
		}
	}
}
