/*
 * enter NAME:RUNTIME_ID PROGRAM ARGV0 [ARG...]: runs a program of this container as if it were one of another container of
 * the same task: with its root directory, its working directory, its user and groups, its environment, and no capability
 * that it lacks.
 *
 * Both containers share their processes (pidMode: task), but neither files nor users. The program is opened before the
 * root directory changes, so it need not be there afterwards; it has to be static then. Of the environment of the caller
 * only what concerns the terminal and the connection is added. Needs root, CAP_SYS_PTRACE (to look into the other's
 * /proc/PID), and of Docker's usual capabilities CAP_SYS_CHROOT, CAP_SETUID, CAP_SETGID and CAP_SETPCAP.
 *
 * Whatever is asked of the other's process is asked through one descriptor of its /proc/PID, the one by which it was
 * recognized: should it end in between, that opens nothing any more, and a new process of the same number is not taken
 * for it.
 *
 * Exit status: 69 where it cannot be done, else the program's.
 */
#define _GNU_SOURCE

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_GROUPS 1024

extern char **environ;

static void fail(const char *what, const char *detail)
{
	fprintf(stderr, "fargate-login: cannot enter: %s %s: %s\n", what, detail, strerror(errno));
	exit(69);
}

/* All of a small file of a process, with a zero byte behind it; NULL where it cannot be read. To be freed. */
static char *contents(int process, const char *name, size_t *length)
{
	size_t room = 4096, used = 0;
	ssize_t got = -1;
	char *text = malloc(room + 1), *more;
	int file = openat(process, name, O_RDONLY | O_CLOEXEC);

	while (file != -1 && text != NULL && (got = read(file, text + used, room - used)) > 0)
		if ((used += (size_t)got) == room) {
			if ((more = realloc(text, (room *= 2) + 1)) == NULL)
				free(text);
			text = more;
		}
	if (file != -1)
		close(file);
	if (got == -1 || text == NULL) {
		free(text);
		return NULL;
	}
	text[used] = '\0';
	*length = used;
	return text;
}

/* Is ID in TEXT as a whole? It comes as .../ID, docker-ID.scope, ID/hosts; the ID of another may begin like it. */
static int names(const char *text, const char *id)
{
	const char *found, *end;

	for (found = text; (found = strstr(found, id)) != NULL; found++) {
		end = found + strlen(id);
		if (found > text && strchr("/:-", found[-1]) != NULL && strchr("/. \n", *end) != NULL)
			return 1;
	}
	return 0;
}

static int is_named(int process, const char *file, const char *id)
{
	size_t length;
	char *text = contents(process, file, &length);
	int found = text != NULL && names(text, id);

	free(text);
	return found;
}

/* By its control group, which nothing in an ordinary container can choose. */
static int is_grouped(int process, const char *id)
{
	return is_named(process, "cgroup", id);
}

/* By what the engine mounts for it, where control groups have no such names. Who may mount could choose a name, too. */
static int is_mounted(int process, const char *id)
{
	return is_named(process, "mountinfo", id);
}

/* By what ECS has set for it. A process can write whatever it likes over its own environment. */
static int is_told(int process, const char *id)
{
	static const char variable[] = "ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4/";
	size_t length, begin;
	int found = 0;
	char *text = contents(process, "environ", &length);

	for (begin = 0; text != NULL && begin < length && !found; begin += strlen(text + begin) + 1)
		found = strncmp(text + begin, variable, sizeof variable - 1) == 0 &&
		    strcmp(text + begin + sizeof variable - 1, id) == 0;
	free(text);
	return found;
}

/* The first process that belongs, which has the smallest number: a descriptor of its /proc/PID, or -1. */
static int first_process(const char *id, int (*belongs)(int, const char *))
{
	DIR *all = opendir("/proc");
	struct dirent *entry;
	long smallest = 0, pid;
	int found = -1, process;

	if (all == NULL)
		fail("open", "/proc");
	while ((entry = readdir(all)) != NULL) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		pid = strtol(entry->d_name, NULL, 10);
		if (found != -1 && pid > smallest)
			continue;
		process = openat(dirfd(all), entry->d_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (process != -1 && belongs(process, id)) {
			if (found != -1)
				close(found);
			found = process;
			smallest = pid;
		} else if (process != -1) {
			close(process);
		}
	}
	closedir(all);
	return found;
}

/* The process of the container NAME:RUNTIME_ID. */
static int find_process(const char *container)
{
	const char *id = strchr(container, ':');
	int process;

	if (id == NULL || id[1] == '\0' || id[1 + strspn(id + 1, "-0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] != '\0') {
		fprintf(stderr, "fargate-login: FARGATE_LOGIN_ENTER is not NAME:RUNTIME_ID. Use fargate-login --enter NAME.\n");
		exit(69);
	}
	/* The surest first: what comes later counts only where nobody is found by it. */
	if ((process = first_process(id + 1, is_grouped)) == -1 &&
	    (process = first_process(id + 1, is_mounted)) == -1 &&
	    (process = first_process(id + 1, is_told)) == -1) {
		fprintf(stderr, "fargate-login: no process of container %.*s can be seen from here. "
		    "The task definition needs \"pidMode\": \"task\", this container the capability SYS_PTRACE, and the other one "
		    "has to be running.\n", (int)(id - container), container);
		exit(69);
	}
	return process;
}

struct identity {
	uid_t uid;
	gid_t gid;
	gid_t groups[MAX_GROUPS];
	size_t group_count;
	/* The capabilities that the process, and whatever it starts, can have at most. */
	unsigned long long capabilities;
};

/* From lines such as "Uid:\t0\t0\t0\t0" (the second is the effective one), "Groups:\t4 24" and "CapBnd:\t00000000a80425fb". */
static struct identity identity_of(int process)
{
	struct identity id = {0};
	unsigned effective;
	int seen = 0;
	size_t length;
	char *text = contents(process, "status", &length), *line, *lines, *rest, *word, *words;

	if (text == NULL)
		fail("read", "the user of its process");
	for (rest = text; (line = strtok_r(rest, "\n", &lines)) != NULL; rest = NULL) {
		if (sscanf(line, "Uid: %*u %u", &effective) == 1) {
			id.uid = effective;
			seen |= 1;
		} else if (sscanf(line, "Gid: %*u %u", &effective) == 1) {
			id.gid = effective;
			seen |= 2;
		} else if (sscanf(line, "CapBnd: %llx", &id.capabilities) == 1) {
			seen |= 4;
		} else if (strncmp(line, "Groups:", 7) == 0) {
			for (line += 7; (word = strtok_r(line, " \t", &words)) != NULL; line = NULL)
				if (id.group_count < MAX_GROUPS)
					id.groups[id.group_count++] = (gid_t)strtoul(word, NULL, 10);
		}
	}
	free(text);
	if (seen != 7) {
		errno = ESRCH;
		fail("read", "the user of its process");
	}
	return id;
}

/*
 * The other's environment takes the place of ours, all but these. Not SSH_AUTH_SOCK, whose socket is among our files, and
 * not SSH_TTY, by whose name the other may have another terminal.
 */
static void take_environment(int process)
{
	static const char *const kept[] = {"TERM", "COLORTERM", "SSH_CONNECTION"};
	const size_t count = sizeof kept / sizeof *kept;
	const char *values[sizeof kept / sizeof *kept];
	size_t length, i;
	char *text = contents(process, "environ", &length), *variable;

	if (text == NULL)
		fail("read", "the environment of its process");
	for (i = 0; i < count; i++)
		values[i] = getenv(kept[i]);
	clearenv();
	for (variable = text; variable < text + length; variable += strlen(variable) + 1)
		if (strchr(variable, '=') != NULL && strncmp(variable, "FARGATE_LOGIN_", 14) != 0)
			putenv(variable);
	for (i = 0; i < count; i++)
		if (values[i] != NULL)
			setenv(kept[i], values[i], 1);
}

/*
 * Gives up what the other container lacks, SYS_PTRACE first of all: its code would find it in root's session. Root gets by
 * exec what is bounding or inheritable.
 */
static void limit_capabilities(unsigned long long most)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct sets[2];
	int capability, part;

	for (capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; capability++)
		if (!(most >> capability & 1) && prctl(PR_CAPBSET_READ, capability) == 1 &&
		    prctl(PR_CAPBSET_DROP, capability) == -1)
			fail("give up", "capabilities, for which SETPCAP is needed");
	if (syscall(SYS_capget, &header, sets) == -1)
		fail("read", "the capabilities");
	for (part = 0; part < 2; part++)
		sets[part].inheritable &= (unsigned)(most >> 32 * part);
	if (syscall(SYS_capset, &header, sets) == -1)
		fail("give up", "inheritable capabilities");
}

/*
 * The program in memory, sealed. The other's root can open what runs there by /proc/PID/exe: not for writing then, while
 * the file itself runs in this container too, with its capabilities.
 */
static int sealed_copy(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC), copy = memfd_create(path, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	ssize_t sent;

	if (file == -1 || copy == -1)
		fail("open", path);
	while ((sent = sendfile(copy, file, NULL, 1 << 20)) > 0)
		;
	if (sent == -1 || fcntl(copy, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == -1)
		fail("copy", path);
	close(file);
	return copy;
}

int main(int argc, char **argv)
{
	struct identity id;
	int process, program, root, directory;

	if (argc < 4) {
		fprintf(stderr, "usage: enter NAME:RUNTIME_ID PROGRAM ARGV0 [ARG...]\n");
		return 64;
	}
	program = sealed_copy(argv[2]);
	process = find_process(argv[1]);
	id = identity_of(process);
	take_environment(process);
	if ((root = openat(process, "root", O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1)
		fail("open", "its root directory");
	if ((directory = openat(process, "cwd", O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1)
		fail("open", "its working directory");

	if (fchdir(root) == -1 || chroot(".") == -1)
		fail("change to", "its root directory");
	if (fchdir(directory) == -1 && chdir("/") == -1)
		fail("change to", "its working directory");
	limit_capabilities(id.capabilities);
	if (setgroups(id.group_count, id.groups) == -1 || setresgid(id.gid, id.gid, id.gid) == -1 ||
	    setresuid(id.uid, id.uid, id.uid) == -1)
		fail("become", "its user");
	fexecve(program, argv + 3, environ);
	fail("run", argv[2]);
}
