/* fault_memory.c: the allocator that fails. Linked with -Wl,--wrap=malloc,--wrap=calloc,
 * --wrap=realloc: the program's own calls come here, those of libraries do not, but SQLite and
 * OpenSSL are told to use it. */
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "test/support/fault.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
    return fault_now(FAULT_MEMORY) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fault_now(FAULT_MEMORY) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fault_now(FAULT_MEMORY) ? NULL : __real_realloc(old, size);
}

static sqlite3_mem_methods usual;

static void *take(int size)
{
    return fault_now(FAULT_MEMORY) ? NULL : usual.xMalloc(size);
}

static void *retake(void *old, int size)
{
    return fault_now(FAULT_MEMORY) ? NULL : usual.xRealloc(old, size);
}

static void *take_crypto(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return fault_now(FAULT_MEMORY) ? NULL : __real_malloc(size);
}

static void *retake_crypto(void *old, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return fault_now(FAULT_MEMORY) ? NULL : __real_realloc(old, size);
}

static void leave_crypto(void *old, const char *file, int line)
{
    (void)file;
    (void)line;
    free(old);
}

void fault_memory(void)
{
    if (CRYPTO_set_mem_functions(take_crypto, retake_crypto, leave_crypto) != 1) {
        abort();
    }
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK) {
        abort();
    }
    sqlite3_mem_methods failing = usual;
    failing.xMalloc = take;
    failing.xRealloc = retake;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK) {
        abort();
    }
}
