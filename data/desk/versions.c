/* versions.c: what differs between two versions of a resource. */
#include "data/desk/versions.h"

#include <string.h>

static const char none[] = "·";

int must_see_inventory(struct asking *asking)
{
    return asking->sees_all || asking->keeps & KEEPS_USE
               ? 0
               : refuse_right(asking, "inventory",
                              roles_seeing_all(asking->counter->current->policy));
}

int vendor_named(struct asking *asking, struct vendor_row *out)
{
    const char *name;
    if (must_ask(asking, "vendor", &name) != 0) {
        return -1;
    }
    int there = store_vendor_named(asking->counter->store, name, asking->arena, out, asking->error);
    return there == 0 ? error_set(asking->error, ERROR_NOT_FOUND,
                                  N_("there was no sync of a vendor “%1” yet"), name, NULL)
                      : there - 1;
}

bool inventory_is_old(const struct asking *asking, int64_t run_at)
{
    enum { HOUR = 3600 };
    int64_t hours = options_number(asking->counter->options, "inventory.stale");
    return run_at == 0 || asking->utc - run_at > hours * HOUR;
}

int64_t run_moment(struct asking *asking, int64_t run)
{
    struct run_row row;
    return run && store_run(asking->counter->store, run, asking->arena, &row, asking->error) == 1
               ? to_local(asking->counter, row.began)
               : MOMENT_NONE;
}

static void differ(struct text *out, const char *name, const char *was, const char *now)
{
    if (strcmp(was, now) != 0) {
        text_addf(out, "%s%s %s → %s", out->length ? "\n" : "", name, *was ? was : none,
                  *now ? now : none);
    }
}

static void differ_amount(struct text *out, const char *name, int64_t was, int64_t now)
{
    struct text before = {0}, after = {0};
    if (was >= 0) {
        text_add_int(&before, was);
    }
    if (now >= 0) {
        text_add_int(&after, now);
    }
    differ(out, name, text_bytes(&before), text_bytes(&after));
    text_free(&before);
    text_free(&after);
}

/* Those of FACTS that OTHER has otherwise; with ONLY, those that OTHER does not have. */
static void differ_facts(struct asking *asking, const char *facts, const char *other, bool only,
                         struct text *out)
{
    const char *at = facts, *end = facts + strlen(facts), *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        const char *key = arena_text(asking->arena, name, name_length);
        const char *now = fact_unescape(asking->arena, value, length);
        const char *was = fact_find(other, key, asking->arena);
        if (only && !was) {
            differ(out, key, now, "");
        } else if (!only) {
            differ(out, key, was ? was : "", now);
        }
    }
}

void versions_differ(struct asking *asking, const struct resource_row *was,
                     const struct resource_row *now, struct text *out)
{
    differ_amount(out, "vcpus", was->vcpus, now->vcpus);
    differ_amount(out, "ram", was->ram, now->ram);
    differ_amount(out, "disk", was->disk, now->disk);
    differ(out, "status", was->status, now->status);
    differ(out, "name", was->name, now->name);
    differ(out, "project", was->project, now->project);
    differ(out, "region", was->region, now->region);
    differ(out, "zone", was->zone, now->zone);
    differ_facts(asking, now->facts, was->facts, false, out);
    differ_facts(asking, was->facts, now->facts, true, out);
}
