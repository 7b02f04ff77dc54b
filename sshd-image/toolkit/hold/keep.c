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
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * What may be on the way when a connection breaks (the window of an SSH channel is 2 MB, buffers of TCP take as much),
 * and what comes meanwhile. Memory is taken only as it fills.
 */
#define MEMORY (16u << 20)
/* For a terminal that has seen nothing yet: enough scrollback, and soon there. */
#define RECENT_BYTES (256u << 10)
/* The program waits when its viewer is this far behind, as it would for a slow terminal. */
#define AHEAD (64u << 10)

static struct {
	char *bytes;
	/* Numbers of the first byte that is remembered, and of the next to come. */
	uint64_t start, end;
} memory;

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
/* Milliseconds, for poll. The connection may have been dead already when the program's end was told over it. */
#define STAYS_AFTER_END (10 * 60 * 1000)

static void remember(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		memory.bytes[(memory.end + i) % MEMORY] = bytes[i];
	memory.end += length;
	if (memory.end - memory.start > MEMORY)
		memory.start = memory.end - MEMORY;
}

/* The number to begin with for a new terminal: the start of a line, where there is one. */
static uint64_t recent(void)
{
	uint64_t from = memory.end - memory.start > RECENT_BYTES ? memory.end - RECENT_BYTES : memory.start;

	if (from == 0)
		return from;
	for (uint64_t at = from; at < memory.end; at++)
		if (memory.bytes[at % MEMORY] == '\n')
			return at + 1;
	return from;
}

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

	viewer.next = wanted->from == RECENT ? recent() : wanted->from;
	/* Others have written on that terminal meanwhile, at least that the connection was lost. */
	if (wanted->from > 0 && memory.end > 0)
		redraw(wanted->size);
	if (viewer.next > memory.end)
		viewer.next = memory.end;
	if (viewer.next < memory.start) {
		int length = snprintf(gap, sizeof gap, "\r\nfargate-login: %llu bytes of output are lost.\r\n",
				      (unsigned long long)(memory.start - viewer.next));

		send_message(viewer.fd, OUTPUT, gap, length);
		viewer.next = memory.start;
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
	size_t length = 0;

	while (length < sizeof bytes && viewer.next + length < memory.end) {
		bytes[length] = memory.bytes[(viewer.next + length) % MEMORY];
		length++;
	}
	if (send_message(viewer.fd, OUTPUT, bytes, length) == 0)
		viewer.next += length;
	else if (errno != EAGAIN && errno != EINTR && errno != ENOBUFS)
		leave_viewer();
}

static pid_t run(const struct held *held, const struct termios *modes, const struct winsize *size)
{
	char name[64];
	pid_t pid = forkpty(&terminal, name, modes, size);

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

/* "PATH.kept" says to supervise.sh that somebody wants this to go on. */
static void mark_kept(const struct held *held, int kept)
{
	char path[256];
	int fd;

	snprintf(path, sizeof path, "%s.kept", held->path);
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
		if (info.ssi_signo != SIGCHLD) {
			closing = 1;
			if (!ended)
				kill(-program, info.ssi_signo);
		} else if (!ended && waitpid(program, &status, WNOHANG) == program) {
			ended = 1;
		}
	}
}

/* One round: waits for whoever has something to say. Returns whether anybody had. */
static int serve(int listener, int signals)
{
	int behind = viewer.fd >= 0 && viewer.next < memory.end;
	int waits = viewer.fd >= 0 && viewer.next != UINT64_MAX && memory.end - viewer.next > AHEAD;
	struct pollfd ends[] = {
		{.fd = signals, .events = POLLIN},
		{.fd = listener, .events = POLLIN},
		{.fd = ended ? -1 : terminal, .events = (waits ? 0 : POLLIN) | (typed.length ? POLLOUT : 0)},
		{.fd = viewer.fd,
		 .events = (typed.length + MAX_PACKET <= sizeof typed.bytes ? POLLIN : 0) | (behind ? POLLOUT : 0)},
	};

	int ready = poll(ends, 4, ended ? STAYS_AFTER_END : -1);

	if (ready < 0)
		return errno == EINTR;
	if (ends[3].revents & (POLLIN | POLLHUP | POLLERR))
		read_viewer();
	if (viewer.fd >= 0 && (ends[3].revents & POLLOUT))
		show_viewer();
	if (ends[2].revents & POLLOUT)
		write_program();
	/* A terminal that all programs have closed is always readable, with an error. */
	if ((ends[2].revents & (POLLIN | POLLHUP)) && !waits && !read_program() && (ends[2].revents & POLLHUP))
		poll(&ends[0], 1, 100);
	if (ends[1].revents)
		accept_viewer(listener);
	if (ends[0].revents)
		on_signal(signals);
	return ready > 0;
}

void keep(const struct held *held, int listener, const struct termios *modes, const struct winsize *size)
{
	sigset_t wanted;
	int signals;

	memory.bytes = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory.bytes == MAP_FAILED)
		exit(69);
	sigemptyset(&wanted);
	sigaddset(&wanted, SIGCHLD);
	sigaddset(&wanted, SIGHUP);
	sigaddset(&wanted, SIGTERM);
	sigprocmask(SIG_BLOCK, &wanted, NULL);
	signals = signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
	if (held->kept)
		mark_kept(held, 1);
	program = run(held, modes, size);
	if (program < 0)
		exit(69);
	fcntl(terminal, F_SETFL, O_NONBLOCK);

	while (!ended)
		serve(listener, signals);
	while (read_program())
		;
	mark_kept(held, 0);
	/* Whoever comes is told the rest, and how it ended. */
	do {
		if (viewer.fd >= 0 && viewer.next == memory.end && !viewer.told)
			viewer.told = send_message(viewer.fd, EXIT, &status, sizeof status) == 0;
	} while (!closing && serve(listener, signals));
	unlink(held->path);
	exit(0);
}
