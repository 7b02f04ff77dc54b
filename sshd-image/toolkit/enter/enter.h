/* What the parts of enter ask of each other. */
#ifndef ENTER_H
#define ENTER_H

#include <stddef.h>
#include <sys/types.h>

#define MAX_GROUPS 1024

/* A container of the task, as fargate-login names it, and one way to tell whether a process is of it. */
struct container {
	const char *name;
	const char *id;
	int (*has)(int process, const char *id);
};

/* NAME:RUNTIME_ID, found out: sets *container, whose strings are of `text`. Returns its first process. */
int find_container(char *text, struct container *container);

/*
 * Its process with the smallest number of which `suits` is true: a descriptor of its /proc/PID, or -1.
 * Whatever is asked of a process is asked through this: should it end in between, that opens nothing any more, and a new
 * process of the same number is not taken for it.
 */
int first_process(const struct container *container, int (*suits)(int process));

/* All of a small file of a process, with a zero byte behind it; NULL where it cannot be read. To be freed. */
char *contents(int process, const char *name, size_t *length);

struct identity {
	uid_t uid;
	gid_t gid;
	gid_t groups[MAX_GROUPS];
	size_t group_count;
	/* The capabilities that the process, and whatever it starts, can have at most. */
	unsigned long long capabilities;
};

struct identity identity_of(int process);

/* Becomes that user, for good, and has no capability more than that process could have. */
void become(const struct identity *id);

/* The environment of the container as its processes have it; NULL where none shows it. To be kept. */
char **environment_of(const struct container *container, int process);

/* Makes it the environment of this process, with what concerns the terminal and the connection. */
void take_environment(char **variables);

/* Runs the shell of that user, else another one that works, else the program's own: for the command, or for a person. */
_Noreturn void run_shell(uid_t uid, int busybox, char *command);

/* Prints that it cannot be, what the system says (errno), and where it is a matter of rights, what helps. Ends with 69. */
_Noreturn void fail(const char *what, const char *detail);

#endif
