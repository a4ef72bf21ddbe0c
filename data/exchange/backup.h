/*
 * backup.h: a workspace copied while others work in it, and proved by going through the copy.
 */
#ifndef YUNTAI_DATA_EXCHANGE_BACKUP_H
#define YUNTAI_DATA_EXCHANGE_BACKUP_H

#include "data/desk/counter.h"

/* COUNTER's workspace as the new directory TO: REPLY as that of the verb verify, gone through in
 * the copy. It heeds and tells as COUNTER does; of one that is interrupted nothing stays. */
int backup_workspace(struct counter *counter, const char *to, struct parcel *reply,
                     struct error *error);

#endif
