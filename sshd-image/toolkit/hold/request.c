/* What the client asked for, as the variable FARGATE_LOGIN_HOLD carries it: NAME[:WORD]... */
#include "hold.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Anything but letters and digits might lead out of the directory. */
static int is_name(const char *text)
{
	while (isalnum((unsigned char)*text))
		text++;
	return *text == '\0';
}

int parse_request(char *text, struct request *request)
{
	char *word = strtok(text, ":");

	*request = (struct request){.name = word};
	if (word == NULL || !is_name(word))
		return -1;
	while ((word = strtok(NULL, ":")) != NULL) {
		if (strcmp(word, "keep") == 0)
			request->keep = 1;
		else if (strcmp(word, "leave") == 0)
			request->leave = 1;
		else if (strcmp(word, "state") == 0)
			request->state = 1;
		else if (strcmp(word, "again") == 0)
			request->again = 1, request->from = RECENT;
		else if (strncmp(word, "from=", 5) == 0 && isdigit((unsigned char)word[5]))
			request->again = 1, request->from = strtoull(word + 5, NULL, 10);
		else
			return -1;
	}
	return 0;
}
