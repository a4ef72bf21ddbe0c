/*
 * digest.h: SM3 (GM/T 0004) and SM2 signatures (GM/T 0009), by OpenSSL.
 */
#ifndef YUNTAI_DATA_DIGEST_H
#define YUNTAI_DATA_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/error.h"

enum { DIGEST_BYTES = 32, DIGEST_HEX = 65 /* with NUL */ };

struct digest; /* a workspace, used again and again: nothing is fetched twice */
struct digest *digest_new(struct error *error);
void digest_free(struct digest *digest);
void digest_start(struct digest *digest);
void digest_add(struct digest *digest, const void *bytes, size_t length);
void digest_add_u32(struct digest *digest, uint32_t number); /* four bytes, little endian */
/* False where OpenSSL failed, at any step since the start; OUT is then all zeros. */
bool digest_end(struct digest *digest, uint8_t out[DIGEST_BYTES]);
bool digest_of(struct digest *digest, const void *bytes, size_t length, uint8_t out[DIGEST_BYTES]);

/* OUT takes DIGEST_HEX bytes; returns OUT. */
char *digest_hex(const uint8_t digest[DIGEST_BYTES], char *out);
/* The first 64 characters of TEXT, whatever follows; false where they are no digest. Small letters
 * only: a digest has one spelling. */
bool digest_parse(const char *text, uint8_t out[DIGEST_BYTES]);

/* A new SM2 key pair as PEM, appended: PKCS#8 without a passphrase, and SPKI. */
int sm2_make(struct text *private_pem, struct text *public_pem, struct error *error);
/* The signature (DER) of LENGTH bytes of TEXT in hexadecimal, appended. The signer's identity is
 * GM/T 0009's 1234567812345678. A key of another kind or behind a passphrase is an ERROR. */
int sm2_sign(const char *private_pem, const char *text, size_t length, struct text *signature,
             struct error *error);
/* 1 it is its signature, 0 it is not, -1 ERROR. */
int sm2_verify(const char *public_pem, const char *text, size_t length, const char *signature,
               struct error *error);

#endif
