/* Which processes are those of the other container. */
#define _GNU_SOURCE

#include "enter.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *contents(int process, const char *name, size_t *length)
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

/* Is there an ID in TEXT that is another one? On Fargate they are TASK-NUMBER, and TASK alone says nothing. */
static int names_other(const char *text, const char *id)
{
	size_t length;

	for (; *text != '\0'; text += length + (text[length] != '\0')) {
		length = strspn(text, "0123456789abcdef");
		if (length < 32)
			continue;
		length += strspn(text + length, "-0123456789");
		if (strncmp(text, id, length) != 0)
			return 1;
	}
	return 0;
}

static int is_named(int process, const char *file, const char *id, int (*test)(const char *, const char *))
{
	size_t length;
	char *text = contents(process, file, &length);
	int found = text != NULL && test(text, id);

	free(text);
	return found;
}

/* By its control group, which nothing in an ordinary container can choose. */
static int is_grouped(int process, const char *id)
{
	return is_named(process, "cgroup", id, names);
}

/* By what the engine mounts for it, where control groups have no such names. Who may mount could choose a name, too. */
static int is_mounted(int process, const char *id)
{
	return is_named(process, "mountinfo", id, names) && !is_named(process, "cgroup", id, names_other);
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
	return found && !is_named(process, "cgroup", id, names_other);
}

int first_process(const struct container *container, int (*suits)(int process))
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
		if (process != -1 && container->has(process, container->id) && (suits == NULL || suits(process))) {
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

int find_container(char *text, struct container *container)
{
	/* The surest first: what comes later counts only where nobody is found by it. */
	int (*const ways[])(int, const char *) = {is_grouped, is_mounted, is_told};
	char *id = strchr(text, ':');
	size_t way;
	int process;

	if (id == NULL || id[1] == '\0' || id[1 + strspn(id + 1, "-0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] != '\0') {
		fprintf(stderr, "fargate-login: FARGATE_LOGIN_ENTER is not NAME:RUNTIME_ID. Use fargate-login --enter NAME.\n");
		exit(69);
	}
	*id = '\0';
	container->name = text;
	container->id = id + 1;
	for (way = 0; way < sizeof ways / sizeof *ways; way++) {
		container->has = ways[way];
		if ((process = first_process(container, NULL)) != -1)
			return process;
	}
	fprintf(stderr, "fargate-login: no process of container %s can be seen from here. "
	    "The task definition needs \"pidMode\": \"task\", this container the capability SYS_PTRACE, and the other one "
	    "has to be running.\n", container->name);
	exit(69);
}
