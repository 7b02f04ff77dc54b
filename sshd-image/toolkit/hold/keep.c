/*
 * The keeper: has the program's terminal, remembers the last of its output, and hands it to one viewer at a time. Every
 * byte of the output has a number, so that a viewer who lost the connection goes on where it ended.
 */
#define _GNU_SOURCE

#include "hold.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The program waits when its viewer is this far behind, as it would for a slow terminal. */
#define AHEAD (64u << 10)
/* Milliseconds for a viewer to take the rest when the container ends. */
#define LAST_WORDS 500

static struct {
	int fd;
	/* Number of the next byte to send. */
	uint64_t next;
	/* It knows that the program has ended, and is the one to close. */
	int told;
} viewer = {.fd = -1};

/* What the user typed and the program has not read yet. */
static struct {
	char bytes[4 * MAX_DATA];
	size_t length;
} typed;

static int terminal = -1;
static pid_t program;
static int ended, status;
/* The container ends: nobody will come any more. */
static int closing;
/* What is told of a gap has no number, but whoever counts what he was shown counts it. */
static uint64_t uncounted;

/* What is closed with something unread takes what was sent last away from the other end. */
static void leave_viewer(void)
{
	char packet[MAX_PACKET];

	while (recv(viewer.fd, packet, sizeof packet, 0) > 0)
		;
	close(viewer.fd);
	viewer.fd = -1;
}

/* Full-screen programs draw anew when the size changes, and only then. */
static void redraw(struct winsize size)
{
	struct winsize other = size;

	other.ws_row = size.ws_row > 1 ? size.ws_row - 1 : 2;
	ioctl(terminal, TIOCSWINSZ, &other);
	ioctl(terminal, TIOCSWINSZ, &size);
}

static void welcome(const struct view *wanted)
{
	char gap[96];

	viewer.next = wanted->from == RECENT ? recent() : wanted->from + uncounted;
	/* Others have written on that terminal meanwhile, at least that the connection was lost. */
	if (wanted->from > 0 && memory_end() > 0)
		redraw(wanted->size);
	if (viewer.next > memory_end())
		viewer.next = memory_end();
	if (viewer.next < memory_start()) {
		int length = snprintf(gap, sizeof gap, "\r\nfargate-login: %llu bytes of output are lost.\r\n",
				      (unsigned long long)(memory_start() - viewer.next));

		send_message(viewer.fd, OUTPUT, gap, length);
		viewer.next = memory_start();
		uncounted = viewer.next - (wanted->from + length);
	}
	ioctl(terminal, TIOCSWINSZ, &wanted->size);
}

static void accept_viewer(int listener)
{
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	if (viewer.fd >= 0) {
		send_message(viewer.fd, TAKEN, NULL, 0);
		leave_viewer();
	}
	viewer.fd = fd;
	/* Until it has said what it wants. */
	viewer.next = UINT64_MAX;
	viewer.told = 0;
}

static void read_viewer(void)
{
	char packet[MAX_PACKET];
	ssize_t length = recv(viewer.fd, packet, sizeof packet, 0);
	struct view wanted;
	struct winsize size;

	if (length <= 0) {
		if (length == 0 || (errno != EAGAIN && errno != EINTR))
			leave_viewer();
		return;
	}
	switch (packet[0]) {
	case VIEW:
		if (length != 1 + sizeof wanted)
			return leave_viewer();
		memcpy(&wanted, packet + 1, sizeof wanted);
		return welcome(&wanted);
	case RESIZE:
		if (length != 1 + sizeof size)
			return leave_viewer();
		memcpy(&size, packet + 1, sizeof size);
		ioctl(terminal, TIOCSWINSZ, &size);
		return;
	case INPUT:
		if (ended)
			return;
		/* More than fits comes only from a viewer that has gone already. */
		if ((size_t)length - 1 > sizeof typed.bytes - typed.length)
			return leave_viewer();
		memcpy(typed.bytes + typed.length, packet + 1, length - 1);
		typed.length += length - 1;
	}
}

static void write_program(void)
{
	ssize_t written = write(terminal, typed.bytes, typed.length);

	if (written > 0) {
		typed.length -= written;
		memmove(typed.bytes, typed.bytes + written, typed.length);
	} else if (written < 0 && errno != EAGAIN && errno != EINTR) {
		typed.length = 0;
	}
}

/* Returns whether there was something. */
static int read_program(void)
{
	char bytes[MAX_DATA];
	ssize_t length = read(terminal, bytes, sizeof bytes);

	if (length > 0)
		remember(bytes, length);
	return length > 0;
}

static void show_viewer(void)
{
	char bytes[MAX_DATA];
	size_t length = recall(viewer.next, bytes, sizeof bytes);

	if (send_message(viewer.fd, OUTPUT, bytes, length) == 0)
		viewer.next += length;
	else if (errno != EAGAIN && errno != EINTR && errno != ENOBUFS)
		leave_viewer();
}

static pid_t run(const struct held *held, const struct winsize *size)
{
	char name[64];
	pid_t pid = forkpty(&terminal, name, NULL, size);

	if (pid == 0) {
		sigset_t none;

		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		setenv("SSH_TTY", name, 1);
		execvp(held->program[0], held->program);
		fail(held->program[0]);
	}
	return pid;
}

/* "NAME.kept" says to supervise.sh that somebody wants this to go on. */
static void mark_kept(const struct held *held, int kept)
{
	char path[256];
	int fd;

	snprintf(path, sizeof path, "%s.kept", held->name);
	if (!kept) {
		unlink(path);
	} else if ((fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) >= 0) {
		dprintf(fd, "%d\n", (int)getpid());
		close(fd);
	}
}

static void on_signal(int signals)
{
	struct signalfd_siginfo info;

	while (read(signals, &info, sizeof info) == sizeof info) {
		/* The container ends; the program is told by others. */
		if (info.ssi_signo != SIGCHLD) {
			closing = 1;
		} else if (!ended && waitpid(program, &status, WNOHANG) == program) {
			ended = 1;
		}
	}
}

/* One round: waits for whoever has something to say. Returns whether anybody had. */
static int serve(int listener, int signals)
{
	int behind = viewer.fd >= 0 && viewer.next < memory_end();
	int waits = viewer.fd >= 0 && viewer.next != UINT64_MAX && memory_end() - viewer.next > AHEAD;
	/* What is typed waits until the program has read what was typed before; a viewer's first word does not. */
	int hears = ended || viewer.next == UINT64_MAX || typed.length + MAX_DATA <= sizeof typed.bytes;
	struct pollfd ends[] = {
		{.fd = signals, .events = POLLIN},
		{.fd = listener, .events = POLLIN},
		{.fd = ended ? -1 : terminal, .events = (waits ? 0 : POLLIN) | (typed.length ? POLLOUT : 0)},
		{.fd = viewer.fd,
		 .events = (hears ? POLLIN : 0) | (behind ? POLLOUT : 0)},
	};

	int ready = poll(ends, 4, ended && closing ? LAST_WORDS : -1);

	if (ready < 0)
		return errno == EINTR;
	if (ends[3].revents & (POLLIN | POLLHUP | POLLERR))
		read_viewer();
	if (viewer.fd >= 0 && (ends[3].revents & POLLOUT))
		show_viewer();
	if (ends[2].revents & POLLOUT)
		write_program();
	/* A terminal that all programs have closed is always readable, with an error. */
	if ((ends[2].revents & (POLLIN | POLLHUP)) && (waits || !read_program()) && (ends[2].revents & POLLHUP))
		poll(&ends[0], 1, 100);
	if (ends[1].revents)
		accept_viewer(listener);
	if (ends[0].revents)
		on_signal(signals);
	return ready > 0;
}

/* Whether the viewer, if there is one, knows all that there was. */
static int all_is_told(void)
{
	return viewer.fd < 0 || viewer.told;
}

void keep(const struct held *held, int listener, int ready, const struct winsize *size)
{
	sigset_t wanted;
	int signals;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGCHLD);
	sigaddset(&wanted, SIGHUP);
	sigaddset(&wanted, SIGTERM);
	sigprocmask(SIG_BLOCK, &wanted, NULL);
	signals = signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
	if (make_memory() != 0 || signals < 0 || (program = run(held, size)) < 0) {
		unlink(held->name);
		exit(69);
	}
	if (held->kept)
		mark_kept(held, 1);
	fcntl(terminal, F_SETFL, O_NONBLOCK);
	if (write(ready, "", 1) == 1)
		close(ready);

	while (!ended)
		serve(listener, signals);
	while (read_program())
		;
	mark_kept(held, 0);
	/* Whoever comes is told the rest, and how it ended, as long as the container lives. */
	do {
		if (viewer.fd >= 0 && viewer.next == memory_end() && !viewer.told)
			viewer.told = send_message(viewer.fd, EXIT, &status, sizeof status) == 0;
	} while (!(closing && all_is_told()) && (serve(listener, signals) || !closing));
	unlink(held->name);
	exit(0);
}
