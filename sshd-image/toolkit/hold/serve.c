/*
 * The keeper's work while it lives: passes bytes between the program's terminal and one viewer at a time. Every byte of
 * the output has a number, so that a viewer who lost the connection goes on where it ended.
 */
#define _GNU_SOURCE

#include "hold.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The program waits when its viewer is this many bytes behind, as it would for a slow terminal. */
#define AHEAD (64u << 10)
/* Time for a viewer to take the rest when the container ends. */
#define LAST_OUTPUT_MS 500

/* Empties the socket first: closing it with something unread would take the last messages away from the other end. */
static void drop_viewer(struct viewer *viewer)
{
	char packet[MAX_PACKET];

	while (recv(viewer->fd, packet, sizeof packet, 0) > 0)
		;
	close(viewer->fd);
	viewer->fd = -1;
}

/* Full-screen programs draw anew when the size changes, and only then. */
static void redraw(int terminal, struct winsize size)
{
	struct winsize other = size;

	other.ws_row = size.ws_row > 1 ? size.ws_row - 1 : 2;
	ioctl(terminal, TIOCSWINSZ, &other);
	ioctl(terminal, TIOCSWINSZ, &size);
}

static void welcome(struct keeper *keeper, const struct view *wanted)
{
	struct viewer *viewer = &keeper->viewer;
	char gap[96];

	viewer->next = wanted->from == RECENT ? recent() : wanted->from + keeper->uncounted;
	/* Others have written on that terminal since, at least that the connection was lost. */
	if (wanted->from > 0 && memory_end() > 0)
		redraw(keeper->terminal, wanted->size);
	if (viewer->next > memory_end())
		viewer->next = memory_end();
	if (viewer->next < memory_start()) {
		int length = snprintf(gap, sizeof gap, "\r\nfargate-login: %llu bytes of output are lost.\r\n",
				      (unsigned long long)(memory_start() - viewer->next));

		send_message(viewer->fd, OUTPUT, gap, length);
		viewer->next = memory_start();
		keeper->uncounted = viewer->next - (wanted->from + length);
	}
	ioctl(keeper->terminal, TIOCSWINSZ, &wanted->size);
}

static void accept_viewer(struct keeper *keeper)
{
	struct viewer *viewer = &keeper->viewer;
	int fd = accept4(keeper->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	if (viewer->fd >= 0) {
		send_message(viewer->fd, TAKEN, NULL, 0);
		drop_viewer(viewer);
	}
	*viewer = (struct viewer){.fd = fd, .next = UNASKED};
}

static void read_viewer(struct keeper *keeper)
{
	struct viewer *viewer = &keeper->viewer;
	char packet[MAX_PACKET];
	ssize_t length = recv(viewer->fd, packet, sizeof packet, 0);
	struct view wanted;
	struct winsize size;

	if (length <= 0) {
		if (length == 0 || (errno != EAGAIN && errno != EINTR))
			drop_viewer(viewer);
		return;
	}
	switch (packet[0]) {
	case VIEW:
		if (length != 1 + sizeof wanted)
			return drop_viewer(viewer);
		memcpy(&wanted, packet + 1, sizeof wanted);
		return welcome(keeper, &wanted);
	case RESIZE:
		if (length != 1 + sizeof size)
			return drop_viewer(viewer);
		memcpy(&size, packet + 1, sizeof size);
		ioctl(keeper->terminal, TIOCSWINSZ, &size);
		return;
	case INPUT:
		if (keeper->ended)
			return;
		/* Only a viewer that has gone already sends more than fits. */
		if ((size_t)length - 1 > sizeof keeper->typed.bytes - keeper->typed.length)
			return drop_viewer(viewer);
		memcpy(keeper->typed.bytes + keeper->typed.length, packet + 1, length - 1);
		keeper->typed.length += length - 1;
	}
}

static void write_program(struct keeper *keeper)
{
	ssize_t written = write(keeper->terminal, keeper->typed.bytes, keeper->typed.length);

	if (written > 0) {
		keeper->typed.length -= written;
		memmove(keeper->typed.bytes, keeper->typed.bytes + written, keeper->typed.length);
	} else if (written < 0 && errno != EAGAIN && errno != EINTR) {
		keeper->typed.length = 0;
	}
}

int read_program(struct keeper *keeper)
{
	char bytes[MAX_DATA];
	ssize_t length = read(keeper->terminal, bytes, sizeof bytes);

	if (length > 0)
		remember(bytes, length);
	return length > 0;
}

static void show_viewer(struct viewer *viewer)
{
	char bytes[MAX_DATA];
	size_t length = recall(viewer->next, bytes, sizeof bytes);

	if (send_message(viewer->fd, OUTPUT, bytes, length) == 0)
		viewer->next += length;
	else if (errno != EAGAIN && errno != EINTR && errno != ENOBUFS)
		drop_viewer(viewer);
}

static void read_signals(struct keeper *keeper)
{
	struct signalfd_siginfo info;

	while (read(keeper->signals, &info, sizeof info) == sizeof info) {
		/* The container ends; supervise.sh tells the program itself. */
		if (info.ssi_signo != SIGCHLD)
			keeper->closing = 1;
		else if (!keeper->ended && waitpid(keeper->program, &keeper->status, WNOHANG) == keeper->program)
			keeper->ended = 1;
	}
}

int serve(struct keeper *keeper)
{
	const struct viewer *viewer = &keeper->viewer;
	int is_behind = viewer->fd >= 0 && viewer->next < memory_end();
	int is_far_behind = viewer->fd >= 0 && viewer->next != UNASKED && memory_end() - viewer->next > AHEAD;
	/* Input waits until there is room for it; a viewer's first message does not. */
	int takes_input = keeper->ended || viewer->next == UNASKED ||
	    keeper->typed.length + MAX_DATA <= sizeof keeper->typed.bytes;
	struct pollfd ends[] = {
		{.fd = keeper->signals, .events = POLLIN},
		{.fd = keeper->listener, .events = POLLIN},
		{.fd = keeper->ended ? -1 : keeper->terminal,
		 .events = (is_far_behind ? 0 : POLLIN) | (keeper->typed.length ? POLLOUT : 0)},
		{.fd = viewer->fd, .events = (takes_input ? POLLIN : 0) | (is_behind ? POLLOUT : 0)},
	};
	const struct pollfd *signals = &ends[0], *listener = &ends[1], *terminal = &ends[2], *other = &ends[3];
	int ready = poll(ends, 4, keeper->ended && keeper->closing ? LAST_OUTPUT_MS : -1);

	if (ready < 0)
		return errno == EINTR;
	if (other->revents & (POLLIN | POLLHUP | POLLERR))
		read_viewer(keeper);
	if (viewer->fd >= 0 && (other->revents & POLLOUT))
		show_viewer(&keeper->viewer);
	if (terminal->revents & POLLOUT)
		write_program(keeper);
	if (terminal->revents & (POLLIN | POLLHUP)) {
		int has_read = !is_far_behind && read_program(keeper);

		/* A terminal that all programs have closed is always readable, with an error. */
		if (!has_read && (terminal->revents & POLLHUP))
			poll(&ends[0], 1, 100);
	}
	if (listener->revents)
		accept_viewer(keeper);
	if (signals->revents)
		read_signals(keeper);
	return ready > 0;
}
