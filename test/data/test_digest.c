/* test_digest.c: SM3 against the standard's own vectors, SM2 against itself and against OpenSSL
 * told otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "data/digest.h"
#include "data/sm3_many.h"

static struct digest *begin(void)
{
    struct error error = {0};
    struct digest *digest = digest_new(&error);
    assert_non_null(digest);
    assert_int_equal(error.code, ERROR_NONE);
    return digest;
}

static void digest_is(struct digest *digest, const char *bytes, size_t length, const char *expected)
{
    uint8_t out[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    assert_true(digest_of(digest, bytes, length, out));
    assert_string_equal(digest_hex(out, hex), expected);
}

static const char of_abc[] = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
static const char of_abcd[] = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732";
static const char of_none[] = "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b";

/* GM/T 0004, annex A, and the digest of nothing. */
static void vectors(void **state)
{
    (void)state;
    struct digest *digest = begin();
    char abcd[64];
    for (int i = 0; i < 64; i++) {
        abcd[i] = "abcd"[i % 4];
    }
    for (int again = 0; again < 3; again++) {
        digest_is(digest, "abc", 3, of_abc);
        digest_is(digest, "", 0, of_none);
        digest_is(digest, abcd, sizeof abcd, of_abcd);
    }
    digest_free(digest);
    digest_free(NULL);
}

static void pieces(void **state)
{
    (void)state;
    struct digest *digest = begin();
    uint8_t out[DIGEST_BYTES], same[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    digest_start(digest);
    digest_add(digest, "left behind", 11); /* a start forgets what was begun */
    digest_start(digest);
    for (int i = 0; i < 64; i++) {
        digest_add(digest, &"abcd"[i % 4], 1);
        digest_add(digest, "", 0);
    }
    assert_true(digest_end(digest, out));
    assert_string_equal(digest_hex(out, hex), of_abcd);

    digest_start(digest);
    digest_add_u32(digest, UINT32_C(0x04030201));
    assert_true(digest_end(digest, out));
    assert_true(digest_of(digest, "\1\2\3\4", 4, same));
    assert_memory_equal(out, same, sizeof out);
    digest_free(digest);
}

static void hexadecimal(void **state)
{
    (void)state;
    uint8_t bytes[DIGEST_BYTES];
    char hex[DIGEST_HEX], text[DIGEST_HEX + 8];
    assert_true(digest_parse(of_abc, bytes));
    assert_int_equal(bytes[0], 0x66);
    assert_int_equal(bytes[31], 0xe0);
    assert_string_equal(digest_hex(bytes, hex), of_abc);
    memcpy(text, of_abc, 64);
    memcpy(text + 64, " rest", 6);
    assert_true(digest_parse(text, bytes));
    for (int i = 0; i < 64; i++) {
        memcpy(text, of_abc, DIGEST_HEX);
        text[i] = '\0'; /* too short, at each length */
        assert_false(digest_parse(text, bytes));
        text[i] = "gG/:`@A "[i % 8];
        assert_false(digest_parse(text, bytes));
    }
}

struct pair_of_keys {
    struct text secret, shown;
};

static void make_keys(struct pair_of_keys *keys)
{
    struct error error = {0};
    *keys = (struct pair_of_keys){0};
    assert_int_equal(sm2_make(&keys->secret, &keys->shown, &error), 0);
    assert_non_null(strstr(text_bytes(&keys->secret), "-----BEGIN PRIVATE KEY-----"));
    assert_non_null(strstr(text_bytes(&keys->shown), "-----BEGIN PUBLIC KEY-----"));
}

static void free_keys(struct pair_of_keys *keys)
{
    text_free(&keys->secret);
    text_free(&keys->shown);
}

static void verifies(const struct pair_of_keys *keys, const char *text, const char *signature,
                     int expected)
{
    struct error error = {0};
    assert_int_equal(sm2_verify(text_bytes(&keys->shown), text, strlen(text), signature, &error),
                     expected);
    assert_int_equal(error.code, expected < 0 ? ERROR_ENVIRONMENT : ERROR_NONE);
    error_free(&error);
}

static const char checkpoint[] = "yuntai checkpoint\nnode 1\nseq 4711\n郑州市大数据管理局\n";

static void signatures(void **state)
{
    (void)state;
    struct pair_of_keys keys, others;
    struct text signature = {0};
    struct error error = {0};
    make_keys(&keys);
    make_keys(&others);
    assert_int_equal(
        sm2_sign(text_bytes(&keys.secret), checkpoint, strlen(checkpoint), &signature, &error), 0);
    verifies(&keys, checkpoint, text_bytes(&signature), 1);
    verifies(&others, checkpoint, text_bytes(&signature), 0);
    verifies(&keys, "", text_bytes(&signature), 0);

    char altered[sizeof checkpoint];
    for (size_t i = 0; i < strlen(checkpoint); i++) {
        memcpy(altered, checkpoint, sizeof altered);
        altered[i] ^= 1;
        struct error none = {0};
        assert_int_equal(sm2_verify(text_bytes(&keys.shown), altered, strlen(checkpoint),
                                    text_bytes(&signature), &none),
                         0);
        error_free(&none);
    }
    free_keys(&keys);
    free_keys(&others);
    text_free(&signature);
}

static void altered_signatures(void **state)
{
    (void)state;
    struct pair_of_keys keys;
    struct text signature = {0};
    struct error error = {0};
    make_keys(&keys);
    assert_int_equal(
        sm2_sign(text_bytes(&keys.secret), checkpoint, strlen(checkpoint), &signature, &error), 0);
    char *at = signature.bytes;
    for (size_t i = 0; i < signature.length; i++) {
        char was = at[i];
        at[i] = was == '0' ? '1' : '0';
        verifies(&keys, checkpoint, at, 0);
        at[i] = was;
    }
    verifies(&keys, checkpoint, at, 1);
    verifies(&keys, checkpoint, "", 0);
    verifies(&keys, checkpoint, "no digits", 0);
    text_add(&signature, "0");
    verifies(&keys, checkpoint, text_bytes(&signature), 0);
    for (int i = 0; i < 999; i++) {
        text_add(&signature, "0");
    }
    verifies(&keys, checkpoint, text_bytes(&signature), 0);
    free_keys(&keys);
    text_free(&signature);
}

/* What another program says that knows the standard: OpenSSL with the identity IDENTITY. */
static int verify_as(const char *pem, const char *identity, const struct text *signature)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *key = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *with = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    long length = 0;
    unsigned char *bytes = OPENSSL_hexstr2buf(text_bytes(signature), &length);
    if (identity) {
        assert_true(EVP_PKEY_CTX_set1_id(with, identity, (int)strlen(identity)) > 0);
    }
    EVP_MD_CTX_set_pkey_ctx(context, with);
    assert_int_equal(EVP_DigestVerifyInit_ex(context, NULL, "SM3", NULL, NULL, key, NULL), 1);
    int right = EVP_DigestVerify(context, bytes, (size_t)length, (const unsigned char *)checkpoint,
                                 strlen(checkpoint));
    OPENSSL_free(bytes);
    EVP_MD_CTX_free(context);
    EVP_PKEY_CTX_free(with);
    EVP_PKEY_free(key);
    BIO_free(bio);
    return right;
}

static void identity(void **state)
{
    (void)state;
    struct pair_of_keys keys;
    struct text signature = {0};
    struct error error = {0};
    make_keys(&keys);
    assert_int_equal(
        sm2_sign(text_bytes(&keys.secret), checkpoint, strlen(checkpoint), &signature, &error), 0);
    const char *pem = text_bytes(&keys.shown);
    assert_int_equal(verify_as(pem, "1234567812345678", &signature), 1);
    assert_int_not_equal(verify_as(pem, "8765432187654321", &signature), 1);
    assert_int_not_equal(verify_as(pem, NULL, &signature), 1);
    free_keys(&keys);
    text_free(&signature);
}

static void refuse_key(const char *pem)
{
    struct text signature = {0};
    struct error error = {0};
    assert_int_equal(sm2_sign(pem, "x", 1, &signature, &error), -1);
    assert_int_equal(error.code, ERROR_ENVIRONMENT);
    assert_int_equal(signature.length, 0);
    error_free(&error);
    text_free(&signature);
}

/* PEM of a fresh key KIND, behind a passphrase where CIPHER is not NULL. */
static void other_key(const char *kind, const char *curve, const EVP_CIPHER *cipher,
                      struct text *out)
{
    EVP_PKEY *key =
        curve ? EVP_PKEY_Q_keygen(NULL, NULL, kind, curve) : EVP_PKEY_Q_keygen(NULL, NULL, kind);
    BIO *bio = BIO_new(BIO_s_mem());
    char *bytes, passphrase[] = "secret";
    assert_non_null(key);
    assert_int_equal(PEM_write_bio_PKCS8PrivateKey(bio, key, cipher, cipher ? passphrase : NULL,
                                                   cipher ? 6 : 0, NULL, NULL),
                     1);
    long length = BIO_get_mem_data(bio, &bytes);
    text_add_n(out, bytes, (size_t)length);
    BIO_free(bio);
    EVP_PKEY_free(key);
}

/* A key behind a passphrase must not make anybody wait at a prompt. */
static void wrong_keys(void **state)
{
    (void)state;
    struct pair_of_keys keys;
    struct text locked = {0}, curve = {0};
    make_keys(&keys);
    other_key("SM2", NULL, EVP_aes_256_cbc(), &locked);
    other_key("EC", "P-256", NULL, &curve);
    refuse_key("");
    refuse_key("no key");
    refuse_key(text_bytes(&keys.shown));
    refuse_key(text_bytes(&locked));
    refuse_key(text_bytes(&curve));
    struct pair_of_keys none = {.shown = {0}};
    verifies(&none, checkpoint, "3000", -1);
    none.shown = keys.secret; /* borrowed */
    verifies(&none, checkpoint, "3000", -1);
    free_keys(&keys);
    text_free(&locked);
    text_free(&curve);
}

/* Many at once, of all lengths in any order, come out as each does alone. */
static void many(void **state)
{
    (void)state;
    enum { COUNT = 700, LONGEST = 5000 };
    static struct sm3_text texts[COUNT];
    static uint8_t bytes[LONGEST];
    struct digest *digest = begin();
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(i * 37 + i / 256);
    }
    for (size_t count = 0; count <= COUNT; count += count < 20 ? 1 : 170) {
        for (size_t i = 0; i < count; i++) {
            size_t length = i % 100 == 99 ? LONGEST : i * 89 % 300;
            texts[i] = (struct sm3_text){.bytes = bytes + i % (LONGEST - length + 1), length};
        }
        sm3_many(texts, count);
        for (size_t i = 0; i < count; i++) {
            uint8_t alone[DIGEST_BYTES];
            assert_true(digest_of(digest, texts[i].bytes, texts[i].length, alone));
            assert_memory_equal(texts[i].digest, alone, sizeof alone);
        }
    }
    digest_free(digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors),    cmocka_unit_test(pieces),
        cmocka_unit_test(many),       cmocka_unit_test(hexadecimal),
        cmocka_unit_test(signatures), cmocka_unit_test(altered_signatures),
        cmocka_unit_test(identity),   cmocka_unit_test(wrong_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
