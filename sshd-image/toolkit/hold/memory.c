/* The last of the output, in a ring. */
#include "hold.h"

#include <sys/mman.h>

/*
 * What may be on the way when a connection breaks (the window of an SSH channel is 2 MB, buffers of TCP take as much), and
 * what comes meanwhile. Memory is taken only as it fills.
 */
#define MEMORY (16u << 20)
/* For a terminal that has seen nothing yet: enough scrollback, and soon there. */
#define RECENT_BYTES (256u << 10)
#define LINE_BYTES (4u << 10)

static char *ring;
static uint64_t start, end;

int make_memory(void)
{
	ring = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return ring == MAP_FAILED ? -1 : 0;
}

uint64_t memory_start(void)
{
	return start;
}

uint64_t memory_end(void)
{
	return end;
}

void remember(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		ring[(end + i) % MEMORY] = bytes[i];
	end += length;
	if (end - start > MEMORY)
		start = end - MEMORY;
}

size_t recall(uint64_t from, char *bytes, size_t most)
{
	size_t length = 0;

	while (length < most && from + length < end) {
		bytes[length] = ring[(from + length) % MEMORY];
		length++;
	}
	return length;
}

uint64_t recent(void)
{
	uint64_t from = end - start > RECENT_BYTES ? end - RECENT_BYTES : start;

	if (from == 0)
		return from;
	/* From the start of a line on, where there is one soon. */
	for (uint64_t at = from; at < end && at < from + LINE_BYTES; at++)
		if (ring[at % MEMORY] == '\n')
			return at + 1;
	return from;
}
