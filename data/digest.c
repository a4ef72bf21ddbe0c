/* digest.c: SM3 and SM2. The identity of a signer must be set on both sides: OpenSSL's own default
 * is the empty one, which no other tool takes. */
#include "data/digest.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

struct digest {
    EVP_MD *sm3;
    EVP_MD_CTX *context;
    bool failed;
};

static const char identity[] = "1234567812345678";

/* OpenSSL keeps its errors until somebody takes them. */
static int crypto_failed(struct error *error)
{
    bool memory = false;
    for (unsigned long code; (code = ERR_get_error()) != 0;) {
        memory |= ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE;
    }
    if (memory) {
        return error_memory(error);
    }
    return error_set(
        error, ERROR_ENVIRONMENT,
        N_("OpenSSL could not do it: memory is short, or SM2 and SM3 are missing (libcrypto 3)"),
        NULL, NULL);
}

struct digest *digest_new(struct error *error)
{
    struct digest *digest = calloc(1, sizeof *digest);
    if (!digest) {
        error_memory(error);
        return NULL;
    }
    digest->sm3 = EVP_MD_fetch(NULL, "SM3", NULL);
    digest->context = EVP_MD_CTX_new();
    if (!digest->sm3 || !digest->context) {
        digest_free(digest);
        crypto_failed(error);
        return NULL;
    }
    return digest;
}

void digest_free(struct digest *digest)
{
    if (digest) {
        EVP_MD_CTX_free(digest->context);
        EVP_MD_free(digest->sm3);
        free(digest);
    }
}

void digest_start(struct digest *digest)
{
    digest->failed = EVP_DigestInit_ex2(digest->context, digest->sm3, NULL) != 1;
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
    digest->failed = digest->failed || EVP_DigestUpdate(digest->context, bytes, length) != 1;
}

void digest_add_u32(struct digest *digest, uint32_t number)
{
    uint8_t bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(number >> (8 * i));
    }
    digest_add(digest, bytes, sizeof bytes);
}

bool digest_end(struct digest *digest, uint8_t out[DIGEST_BYTES])
{
    unsigned length = 0;
    /* what could not be started must not be ended */
    bool done = !digest->failed && EVP_DigestFinal_ex(digest->context, out, &length) == 1;
    if (!done) {
        memset(out, 0, DIGEST_BYTES); /* matches nothing */
        ERR_clear_error();
    }
    return done;
}

bool digest_of(struct digest *digest, const void *bytes, size_t length, uint8_t out[DIGEST_BYTES])
{
    digest_start(digest);
    digest_add(digest, bytes, length);
    return digest_end(digest, out);
}

char *digest_hex(const uint8_t digest[DIGEST_BYTES], char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < DIGEST_BYTES; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[DIGEST_HEX - 1] = '\0';
    return out;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool from_hex(const char *text, uint8_t *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int high = digit(text[2 * i]), low = high < 0 ? -1 : digit(text[2 * i + 1]);
        if (low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool digest_parse(const char *text, uint8_t out[DIGEST_BYTES])
{
    return from_hex(text, out, DIGEST_BYTES);
}

/* ---- SM2 ---- */

static int take_bio(BIO *bio, struct text *out, struct error *error)
{
    char *bytes;
    long length = BIO_get_mem_data(bio, &bytes);
    text_add_n(out, bytes, length > 0 ? (size_t)length : 0);
    return out->failed ? error_memory(error) : 0;
}

int sm2_make(struct text *private_pem, struct text *public_pem, struct error *error)
{
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
    BIO *private_bio = BIO_new(BIO_s_mem()), *public_bio = BIO_new(BIO_s_mem());
    int status = -1;
    if (key && private_bio && public_bio &&
        PEM_write_bio_PKCS8PrivateKey(private_bio, key, NULL, NULL, 0, NULL, NULL) == 1 &&
        PEM_write_bio_PUBKEY(public_bio, key) == 1) {
        status = take_bio(private_bio, private_pem, error);
        status = status ? status : take_bio(public_bio, public_pem, error);
    } else {
        crypto_failed(error);
    }
    BIO_free(private_bio);
    BIO_free(public_bio);
    EVP_PKEY_free(key);
    return status;
}

/* A key behind a passphrase is refused: OpenSSL would ask for it on the terminal. */
static int no_passphrase(char *buffer, int size, int writing, void *self)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)self;
    return -1;
}

struct signing {
    EVP_PKEY *key;
    EVP_MD_CTX *context;
    EVP_PKEY_CTX *with_identity;
};

static bool signing_begin(struct signing *signing, const char *pem, bool is_private)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    signing->key = !bio         ? NULL
                   : is_private ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL)
                                : PEM_read_bio_PUBKEY(bio, NULL, no_passphrase, NULL);
    BIO_free(bio);
    signing->context = EVP_MD_CTX_new();
    if (signing->key && !EVP_PKEY_is_a(signing->key, "SM2")) {
        return false;
    }
    signing->with_identity =
        signing->key ? EVP_PKEY_CTX_new_from_pkey(NULL, signing->key, NULL) : NULL;
    if (!signing->context || !signing->with_identity ||
        EVP_PKEY_CTX_set1_id(signing->with_identity, identity, sizeof identity - 1) <= 0) {
        return false;
    }
    EVP_MD_CTX_set_pkey_ctx(signing->context, signing->with_identity);
    return true;
}

static void signing_end(struct signing *signing)
{
    EVP_MD_CTX_free(signing->context);
    EVP_PKEY_CTX_free(signing->with_identity);
    EVP_PKEY_free(signing->key);
}

enum { SIGNATURE_MOST = 128 };

int sm2_sign(const char *private_pem, const char *text, size_t length, struct text *signature,
             struct error *error)
{
    struct signing signing = {0};
    uint8_t bytes[SIGNATURE_MOST];
    size_t count = sizeof bytes;
    bool done =
        signing_begin(&signing, private_pem, true) &&
        EVP_DigestSignInit_ex(signing.context, NULL, "SM3", NULL, NULL, signing.key, NULL) == 1 &&
        EVP_DigestSign(signing.context, bytes, &count, (const unsigned char *)text, length) == 1;
    signing_end(&signing);
    for (size_t i = 0; done && i < count; i++) {
        static const char digits[] = "0123456789abcdef";
        text_add_n(signature, &digits[bytes[i] >> 4], 1);
        text_add_n(signature, &digits[bytes[i] & 15], 1);
    }
    return done && !signature->failed ? 0 : crypto_failed(error);
}

int sm2_verify(const char *public_pem, const char *text, size_t length, const char *signature,
               struct error *error)
{
    struct signing signing = {0};
    uint8_t bytes[SIGNATURE_MOST];
    size_t digits = strlen(signature), count = digits / 2;
    if (digits % 2 != 0 || count > sizeof bytes || !from_hex(signature, bytes, count)) {
        return 0;
    }
    bool ready =
        signing_begin(&signing, public_pem, false) &&
        EVP_DigestVerifyInit_ex(signing.context, NULL, "SM3", NULL, NULL, signing.key, NULL) == 1;
    int right = ready && EVP_DigestVerify(signing.context, bytes, count,
                                          (const unsigned char *)text, length) == 1;
    signing_end(&signing);
    if (!ready) {
        return crypto_failed(error);
    }
    ERR_clear_error();
    return right;
}
