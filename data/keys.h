/*
 * keys.h: the SM2 key of a workspace, with which checkpoints are signed (GM/T 0009, identity
 * 1234567812345678). The private half stays in WORKSPACE/keys, readable by its owner alone; the
 * public half is printed with the first checkpoint and kept outside the house.
 */
#ifndef YUNTAI_DATA_KEYS_H
#define YUNTAI_DATA_KEYS_H

#include "data/error.h"

/* Makes keys/sign.pem and keys/sign.pub in DIRECTORY unless they are there. */
int keys_make(const char *directory, struct error *error);
/* Appends the signature of LENGTH bytes of TEXT, in hexadecimal. */
int keys_sign(const char *directory, const char *text, size_t length, struct text *signature,
              struct error *error);
/* Appends the public key (PEM). */
int keys_public(const char *directory, struct text *out, struct error *error);
/* A checkpoint as printed, against the public key PEM: 1 it is signed so, 0 not, -1 ERROR. */
int keys_check(const char *pem, const char *checkpoint, struct error *error);

/* The same against the key of DIRECTORY and those it had before (keys/sign-N.pub). */
int keys_signed(const char *directory, const char *checkpoint, struct error *error);
/* Puts the public half aside as the next keys/sign-N.pub, so that a new key can be made. */
int keys_retire(const char *directory, struct error *error);

#endif
