/* What both ends of a held terminal know: the keeper, which has the program, and the viewer, which has the user. */
#ifndef HOLD_H
#define HOLD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <termios.h>

/*
 * They talk in packets (SOCK_SEQPACKET), one message each: a byte that says which, and what belongs to it.
 *
 *   viewer -> keeper   VIEW    struct view     first of all: what is wanted
 *                      INPUT   bytes           what the user types
 *                      RESIZE  struct winsize
 *   keeper -> viewer   OUTPUT  bytes           what the program shows
 *                      EXIT    int             how it ended, as of waitpid; the last message
 *                      TAKEN   -               another viewer has come; the last message
 */
enum { VIEW = 'v', INPUT = 'i', RESIZE = 'r', OUTPUT = 'o', EXIT = 'x', TAKEN = 't' };

#define MAX_DATA 16384
#define MAX_PACKET (1 + MAX_DATA)

/* For `from`: as much as a terminal wants to see that has seen nothing of it. */
#define RECENT UINT64_MAX

struct view {
	/* How many bytes of output the viewer's terminal has shown already, or RECENT. */
	uint64_t from;
	struct winsize size;
};

struct held {
	/* Of the socket; the program is kept, and counts as somebody who is there, while this with ".kept" exists. */
	const char *path;
	int kept;
	char **program;
};

/* Runs the program on a new terminal, and holds it until it has ended and a viewer knows. Does not return. */
_Noreturn void keep(const struct held *held, int listener, const struct termios *modes, const struct winsize *size);

/* Joins the terminal of this process with the held one. Returns how the program ended, as of waitpid. */
int view(int keeper, uint64_t from);

/* Sends one message; returns 0, or -1 with errno. */
int send_message(int fd, char type, const void *data, size_t length);

_Noreturn void fail(const char *what);

#endif
