/*
 * The accounts that our static sshd knows: the one that entrypoint.sh names, and not those of /etc/passwd.
 *
 * sshd logs in names that it finds in /etc/passwd, with the shell it finds there, and only as root or as that very
 * user. A container may have no /etc/passwd at all, run as a uid that is not in it, or as an account that may not log
 * in. So these functions stand in front of musl's when it is linked (see build.sh); OpenSSH itself is not patched.
 *
 * TOOLKIT_PASSWD is one line in the form of /etc/passwd, the container's user.
 * TOOLKIT_LACKS is set where that is root, but without a capability by which sshd separates itself from strangers
 * (linuxParameters.capabilities.drop): a list of "ids" (CAP_SETUID or CAP_SETGID: it stays root) and "chroot"
 * (CAP_SYS_CHROOT: it keeps its root directory). sshd skips the steps for which it lacks the capability, and no others.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As this user (nobody), and in an empty root directory, sshd talks to clients that have not logged in. */
#define PRIVSEP_ID 65534

/* Clients that cannot know the container's user (an ssh_config written in advance) log in by this name. */
#define ANY_USER "fargate-login"

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

	if (user != NULL && (strcmp(user->pw_name, name) == 0 || strcmp(name, ANY_USER) == 0))
		return user;
	if (strcmp(name, "sshd") == 0)
		return lacks("ids") ? account(name, 0, 0, "/") : account(name, PRIVSEP_ID, PRIVSEP_ID, "/");
	return NULL;
}

/* That user in /etc/passwd, or NULL. A pipe or a device there may never end. */
static struct passwd *account_in_file(uid_t uid)
{
	int fd = open("/etc/passwd", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	struct passwd *found = NULL;
	FILE *file;

	if (fd == -1)
		return NULL;
	if (fstat(fd, &status) == -1 || !S_ISREG(status.st_mode) || (file = fdopen(fd, "r")) == NULL) {
		close(fd);
		return NULL;
	}
	while ((found = fgetpwent(file)) != NULL && found->pw_uid != uid)
		;
	fclose(file);
	return found;
}

/*
 * sftp-server and ssh-keygen run in the session's environment, without TOOLKIT_PASSWD. They show the names of
 * /etc/passwd, and they insist on a name for their own user.
 */
struct passwd *__wrap_getpwuid(uid_t uid)
{
	struct passwd *user = container_user();
	const char *home = getenv("HOME");
	char name[32] = "root";

	if (user != NULL)
		return user->pw_uid == uid ? user : NULL;
	if ((user = account_in_file(uid)) != NULL)
		return user;
	if (uid != 0 && uid != getuid())
		return NULL;
	if (uid != 0)
		snprintf(name, sizeof name, "uid%u", (unsigned)uid);
	return account(name, uid, uid == getuid() ? getgid() : 0, home != NULL ? home : "/");
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
