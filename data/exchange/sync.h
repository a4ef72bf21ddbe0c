/*
 * sync.h: a sync of one vendor: yuntai-net asks the cloud, what it reports goes to the desk, batch
 * by batch, with pauses in which others act. Nothing here waits but for a batch.
 */
#ifndef YUNTAI_DATA_EXCHANGE_SYNC_H
#define YUNTAI_DATA_EXCHANGE_SYNC_H

#include "data/desk.h"

/* The path of yuntai-net, beside this program or in the tree it was built in; appended. -1 with
 * ERROR. */
int sync_program(struct text *out, struct error *error);

#endif
