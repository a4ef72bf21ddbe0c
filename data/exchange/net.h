/*
 * net.h: yuntai-net, begun as a process of its own.
 */
#ifndef YUNTAI_DATA_EXCHANGE_NET_H
#define YUNTAI_DATA_EXCHANGE_NET_H

#include <sys/types.h>

#include "data/error.h"

/* Begins it: *CHILD is its process, *TO its standard input, *FROM its output; both close when this
 * program runs another. -1 with ERROR: nothing was begun; descriptors that are not -1 are open. */
int net_start(pid_t *child, int *to, int *from, struct error *error);

#endif
