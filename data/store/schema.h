/*
 * schema.h: the tables of the store, and how an older store becomes one of today.
 */
#ifndef YUNTAI_DATA_STORE_SCHEMA_H
#define YUNTAI_DATA_STORE_SCHEMA_H

#include "data/store/db.h"

enum { SCHEMA_VERSION = 13 };

/* Makes all tables in an empty database. */
int schema_make(struct db *db, struct error *error);
/* Brings the store in DIRECTORY to SCHEMA_VERSION: after a backup to DIRECTORY/desk.db.VERSION, in
 * one transaction. A store of a newer program is refused. */
int schema_upgrade(struct db *db, const char *directory, struct error *error);
/* The same to version TO; STEPS[V] is the SQL that brings a store of version V to V + 1. */
int schema_bring(struct db *db, const char *directory, const char *const *steps, int64_t to,
                 struct error *error);

#endif
