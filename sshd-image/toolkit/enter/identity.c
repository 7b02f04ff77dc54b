/* The user of a process, and what that user may do: taken over, never more. */
#define _GNU_SOURCE

#include "enter.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From lines such as "Uid:\t0\t0\t0\t0" (the second is the effective one), "Groups:\t4 24" and "CapBnd:\t00000000a80425fb". */
struct identity identity_of(int process)
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

/* What can be had after exec: root gets what is bounding or inheritable. */
static void limit_inheritance(unsigned long long most)
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

/* What there is already. */
static void limit_present(unsigned long long most)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct sets[2];
	int part;

	if (syscall(SYS_capget, &header, sets) == -1)
		fail("read", "the capabilities");
	for (part = 0; part < 2; part++) {
		sets[part].permitted &= (unsigned)(most >> 32 * part);
		sets[part].effective &= (unsigned)(most >> 32 * part);
	}
	if (syscall(SYS_capset, &header, sets) == -1)
		fail("give up", "capabilities");
}

/* SYS_PTRACE first of all is given up: the other's code would find it in root's session. */
void become(const struct identity *id)
{
	int fd;

	limit_inheritance(id->capabilities);
	/* So that /dev/stdout can be opened. Where it cannot be given away, the rest works. Nothing but a terminal is ours. */
	for (fd = 0; fd <= 2; fd++)
		if (isatty(fd) && fchown(fd, id->uid, (gid_t)-1) == -1)
			continue;
	if (setgroups(id->group_count, id->groups) == -1 || setresgid(id->gid, id->gid, id->gid) == -1 ||
	    setresuid(id->uid, id->uid, id->uid) == -1)
		fail("become", "its user");
	limit_present(id->capabilities);
}
