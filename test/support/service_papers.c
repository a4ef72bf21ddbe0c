/* service_papers.c: an authority, and what it and others sign. */
#include "test/support/service_papers.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { A_DAY = 86400 };

struct authority {
    EVP_PKEY *key;
    X509 *certificate;
};
static struct authority trusted, foreign;
static long serial;
static char authority_path[] = "/tmp/yuntai-authority-XXXXXX";

static void add_extension(X509 *to, X509 *issuer, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, to, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
    X509_add_ext(to, extension, -1);
    X509_EXTENSION_free(extension);
}

/* A certificate of KEY called NAME, from FROM to TO seconds from now; ALT NULL: an authority's. */
static X509 *sign(EVP_PKEY *key, const char *name, const struct authority *by, const char *alt,
                  long from, long to)
{
    X509 *out = X509_new();
    X509 *issuer = by ? by->certificate : out;
    X509_set_version(out, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(out), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(out), from);
    X509_gmtime_adj(X509_getm_notAfter(out), to);
    X509_set_pubkey(out, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(out), "CN", MBSTRING_UTF8,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(out, X509_get_subject_name(issuer));
    add_extension(out, issuer, NID_basic_constraints, alt ? "CA:FALSE" : "critical,CA:TRUE");
    if (alt) {
        add_extension(out, issuer, NID_subject_alt_name, alt);
    }
    X509_sign(out, by ? by->key : key, EVP_sha256());
    return out;
}

static void make(struct authority *authority, const char *name)
{
    if (!authority->key) {
        authority->key = EVP_EC_gen("P-256");
        authority->certificate = sign(authority->key, name, NULL, NULL, -A_DAY, A_DAY);
    }
}

static void remove_authority(void)
{
    unlink(authority_path);
}

const char *service_authority(void)
{
    if (!trusted.key) {
        make(&trusted, "the test's authority");
        int file = mkstemp(authority_path);
        FILE *stream = file < 0 ? NULL : fdopen(file, "w");
        if (!stream || PEM_write_X509(stream, trusted.certificate) != 1) {
            abort();
        }
        fclose(stream);
        atexit(remove_authority);
    }
    return authority_path;
}

SSL_CTX *service_papers_of(enum service_papers papers)
{
    service_authority();
    make(&foreign, "another authority");
    EVP_PKEY *key = EVP_EC_gen("P-256");
    bool late = papers == SERVICE_EXPIRED;
    X509 *certificate =
        sign(key, "a service", papers == SERVICE_FOREIGN ? &foreign : &trusted,
             papers == SERVICE_OTHER_HOST ? "DNS:elsewhere.example,IP:127.0.0.9" : "IP:127.0.0.1",
             late ? -3 * A_DAY : -A_DAY, late ? -A_DAY : A_DAY);
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context || SSL_CTX_use_certificate(context, certificate) != 1 ||
        SSL_CTX_use_PrivateKey(context, key) != 1) {
        abort();
    }
    if (papers == SERVICE_OLD) {
        SSL_CTX_set_security_level(context, 0);
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
    }
    X509_free(certificate);
    EVP_PKEY_free(key);
    return context;
}
