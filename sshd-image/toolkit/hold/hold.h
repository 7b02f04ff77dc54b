/* What the parts of `hold` share: the keeper, which has the program, and the viewer, which has the user. */
#ifndef HOLD_H
#define HOLD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/types.h>

/*
 * They talk in packets (SOCK_SEQPACKET), one message each: a byte for its kind, and its content.
 *
 *   viewer -> keeper   VIEW    struct view     the first message: what it wants to see
 *                      INPUT   bytes           typed by the user
 *                      RESIZE  struct winsize
 *   keeper -> viewer   OUTPUT  bytes           written by the program
 *                      EXIT    int             how it ended, as of waitpid; the last message
 *                      TAKEN   -               another viewer has come; the last message
 */
enum { VIEW = 'v', INPUT = 'i', RESIZE = 'r', OUTPUT = 'o', EXIT = 'x', TAKEN = 't' };

#define MAX_DATA 16384
#define MAX_PACKET (1 + MAX_DATA)

/* For `from`: as much as a terminal needs that has seen nothing. */
#define RECENT UINT64_MAX

struct view {
	/* How many bytes of output the viewer's terminal has shown already, or RECENT. */
	uint64_t from;
	struct winsize size;
};

/* The longest name of a held program. */
#define MAX_NAME 64
/* NAME.kept says to supervise/connections.sh that the program is to go on while nobody looks. */
#define KEPT_SUFFIX ".kept"

/* See hold.c. */
struct request {
	const char *name;
	int keep, leave, state, again;
	uint64_t from;
};

/* request.c: reads NAME[:WORD]...; *request points into the text. Returns 0, or -1 for one that makes no sense. */
int parse_request(char *text, struct request *request);

/* keep.c: runs the program on a new terminal, says on `ready` that it does, and holds it. Does not return. */
_Noreturn void keep(const struct request *request, char **program, int listener, int ready, const struct winsize *size);

/* The viewer, as the keeper sees it. */
struct viewer {
	/* -1 while there is none. */
	int fd;
	/* Number of the next byte to send, or UNASKED until it has said what it wants. */
	uint64_t next;
	/* It knows how the program ended, and closes the connection. */
	int knows_end;
};
#define UNASKED UINT64_MAX

struct keeper {
	/* The held terminal. */
	int terminal;
	int listener, signals;
	pid_t program;
	int ended, status;
	/* The container ends, so no viewer will come any more. */
	int closing;
	struct viewer viewer;
	/* The bytes that the user typed and the program has not read yet. */
	struct {
		char bytes[4 * MAX_DATA];
		size_t length;
	} typed;
	/* A notice of a gap is output without a number, but the viewer counts its bytes. */
	uint64_t uncounted;
};

/* serve.c: one round: waits for an event and deals with it. Returns whether there was one. */
int serve(struct keeper *keeper);
/* serve.c: remembers some of the program's output. Returns whether there was any. */
int read_program(struct keeper *keeper);

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
/* hold.c: says something on stderr. */
void complain(const char *text);
_Noreturn void fail(const char *what);

#endif
