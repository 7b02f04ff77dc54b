/* What the parts of `hold` share: the keeper, which has the program, and the viewer, which has the user. */
#ifndef HOLD_H
#define HOLD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>

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
	/* Name of the socket in the working directory. */
	const char *name;
	/* It is meant to go on while nobody looks: NAME.kept says so as long as the program runs. */
	int kept;
	char **program;
};

/* keep.c: runs the program on a new terminal, says on `ready` that it does, and holds it. Does not return. */
_Noreturn void keep(const struct held *held, int listener, int ready, const struct winsize *size);

/* view.c: joins the terminal of this process with the held one. Returns how the program ended, as of waitpid. */
int view(int keeper, uint64_t from);

/* memory.c: the last of the output, every byte of which has a number. */
int make_memory(void);
uint64_t memory_start(void);
/* The number of the next byte to come. */
uint64_t memory_end(void);
void remember(const char *bytes, size_t length);
/* Copies what is remembered from that number on, `most` bytes at most; returns how many. */
size_t recall(uint64_t from, char *bytes, size_t most);
/* The number to begin with for a terminal that has seen nothing yet. */
uint64_t recent(void);

/* hold.c: sends one message; returns 0, or -1 with errno. */
int send_message(int fd, char type, const void *data, size_t length);
_Noreturn void fail(const char *what);

#endif
