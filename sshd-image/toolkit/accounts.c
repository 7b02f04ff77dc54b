/*
 * What our static OpenSSH knows of accounts: not what /etc/passwd says, but what entrypoint.sh says.
 *
 * sshd logs in names that it finds in /etc/passwd, with the shell it finds there, and only as root or as that very
 * user. A container may have no /etc/passwd at all, run as a uid that is not in it, or as an account that may not log
 * in. So these functions stand in front of musl's when it is linked (see build.sh); OpenSSH itself is not patched.
 *
 * TOOLKIT_PASSWD is one line in the form of /etc/passwd, the container's user.
 * TOOLKIT_LACKS is set where that is root, but without a capability by which sshd separates itself from strangers
 * (linuxParameters.capabilities.drop): a list of "ids" (CAP_SETUID or CAP_SETGID: it stays root) and "chroot"
 * (CAP_SYS_CHROOT: it keeps its root directory). What it lacks, and only that, it need not do.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Nobody's: sshd talks to strangers as this user, in an empty root directory. */
#define PRIVSEP_ID 65534

static int lacks(const char *power)
{
	const char *list = getenv("TOOLKIT_LACKS");

	return list != NULL && strstr(list, power) != NULL;
}

static struct passwd *account(const char *name, uid_t uid, gid_t gid, const char *home)
{
	static struct passwd found;
	static char name_copy[256];

	snprintf(name_copy, sizeof name_copy, "%s", name);
	found = (struct passwd){
	    .pw_name = name_copy, .pw_passwd = "x", .pw_uid = uid, .pw_gid = gid,
	    .pw_gecos = "", .pw_dir = (char *)home, .pw_shell = "/bin/false",
	};
	return &found;
}

static struct passwd *container_user(void)
{
	const char *given = getenv("TOOLKIT_PASSWD");
	struct passwd *found;
	char line[8192];
	FILE *file;

	/* musl takes the last character for the line end. */
	if (given == NULL || snprintf(line, sizeof line, "%s\n", given) >= (int)sizeof line)
		return NULL;
	if ((file = fmemopen(line, strlen(line), "r")) == NULL)
		return NULL;
	found = fgetpwent(file);
	fclose(file);
	return found;
}

struct passwd *__wrap_getpwnam(const char *name)
{
	struct passwd *user = container_user();

	if (user != NULL && strcmp(user->pw_name, name) == 0)
		return user;
	if (strcmp(name, "sshd") == 0)
		return lacks("ids") ? account(name, 0, 0, "/") : account(name, PRIVSEP_ID, PRIVSEP_ID, "/");
	return NULL;
}

struct passwd *__wrap_getpwuid(uid_t uid)
{
	struct passwd *user = container_user();
	const char *home;
	char name[32];

	if (user != NULL && user->pw_uid == uid)
		return user;
	/* sftp-server and ssh-keygen insist on a name for their user, and run in the session's environment. */
	if (uid != getuid())
		return NULL;
	home = getenv("HOME");
	snprintf(name, sizeof name, "uid%u", (unsigned)uid);
	return account(name, uid, getgid(), home != NULL ? home : "/");
}

/* Terminals then belong to the user's own group: the group "tty" of some image need not be the one of its /dev/pts. */
struct group *__wrap_getgrnam(const char *name)
{
	(void)name;
	return NULL;
}

static int forgive(int result, const char *power)
{
	return result == -1 && errno == EPERM && lacks(power) ? 0 : result;
}

int __real_chroot(const char *);
int __wrap_chroot(const char *path)
{
	return forgive(__real_chroot(path), "chroot");
}

int __real_setgroups(size_t, const gid_t *);
int __wrap_setgroups(size_t count, const gid_t *groups)
{
	return forgive(__real_setgroups(count, groups), "ids");
}

/* Debian's musl comes without it. No password is ever checked: nothing matches this. */
char *crypt(const char *key, const char *salt)
{
	(void)key;
	(void)salt;
	return "*";
}
