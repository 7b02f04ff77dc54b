/* The environment of the other container. */
#define _GNU_SOURCE

#include "enter.h"

#include <stdlib.h>
#include <string.h>

/*
 * Programs that change their title (Ruby's Process.setproctitle, nginx, PostgreSQL) write it over their environment, from
 * its beginning. PATH is set by the engine where it is not by the image.
 */
static int is_intact(const char *text, size_t length)
{
	size_t name = strcspn(text, "= ()[]/:"), begin;

	if (name == 0 || text[name] != '=')
		return 0;
	for (begin = 0; begin < length; begin += strlen(text + begin) + 1)
		if (strncmp(text + begin, "PATH=", 5) == 0)
			return 1;
	return 0;
}

static int shows_environment(int process)
{
	size_t length;
	char *text = contents(process, "environ", &length);
	int intact = text != NULL && is_intact(text, length);

	free(text);
	return intact;
}

/* The variables in a block as the kernel shows it. */
static char **variables_in(char *text, size_t length)
{
	size_t count = 0, room = 64;
	char **variables = malloc(room * sizeof *variables), *variable;

	for (variable = text; variables != NULL && variable < text + length; variable += strlen(variable) + 1) {
		if (strchr(variable, '=') == NULL || strncmp(variable, "FARGATE_LOGIN_", 14) == 0)
			continue;
		variables[count++] = variable;
		if (count == room)
			variables = realloc(variables, (room *= 2) * sizeof *variables);
	}
	if (variables != NULL)
		variables[count] = NULL;
	return variables;
}

char **environment_of(const struct container *container, int process)
{
	size_t length;
	char *text = contents(process, "environ", &length);

	if (text == NULL)
		fail("read", "the environment of its process");
	if (is_intact(text, length))
		return variables_in(text, length);
	free(text);
	/* Not its first process then, but one that this has started since, perhaps. */
	if ((process = first_process(container, shows_environment)) == -1)
		return NULL;
	text = contents(process, "environ", &length);
	return text == NULL ? NULL : variables_in(text, length);
}

void take_environment(char **variables)
{
	/* Not SSH_AUTH_SOCK, whose socket is among our files, and not SSH_TTY, by whose name the other may have another. */
	static const char *const kept[] = {"TERM", "COLORTERM", "SSH_CONNECTION"};
	const size_t count = sizeof kept / sizeof *kept;
	const char *values[sizeof kept / sizeof *kept];
	size_t i;

	for (i = 0; i < count; i++)
		values[i] = getenv(kept[i]);
	clearenv();
	for (; variables != NULL && *variables != NULL; variables++)
		putenv(*variables);
	for (i = 0; i < count; i++)
		if (values[i] != NULL)
			setenv(kept[i], values[i], 1);
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 0);
}
