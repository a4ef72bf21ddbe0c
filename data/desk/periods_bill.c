/* periods_bill.c: what is charged for a month, out of the system register's history. */
#include <string.h>

#include "core/bill.h"
#include "data/desk/periods.h"
#include "data/store/periods.h"

enum { MONTHS_BACK = 13, MOVES_MOST = 4096, CODES_MOST = 1024 };

struct move { /* of a system: what it has from DAY on, or that charging starts or stops */
    int32_t day;
    const char *facts; /* NULL: a start or stop */
    bool on;
};
struct history { /* of one system, by day */
    int64_t system;
    struct move *moves;
    size_t count;
    const char **codes;
    size_t code_count;
};
struct billing {
    struct making *making;
    const struct bill *bill;
    int64_t org;
    struct move *turns; /* the starts and stops of the system that is being read */
    size_t turn_count;
    bool turning; /* in turns being read: starts */
    struct history *systems;
    size_t system_count;
    bool loaded;
    /* of the period at hand */
    int64_t fen;
    size_t pieces;
    bool unknown;
};

static void insert_move(struct move *moves, size_t *count, struct move move)
{
    size_t at = *count;
    for (; at > 0 && moves[at - 1].day > move.day; at--) {
        moves[at] = moves[at - 1];
    }
    moves[at] = move;
    (*count)++;
}

/* ---- starts and stops ---- */

static int take_turn(void *self, int64_t org, int64_t system, int64_t effective)
{
    struct billing *billing = self;
    (void)org, (void)system;
    if (billing->turn_count < MOVES_MOST) {
        insert_move(billing->turns, &billing->turn_count,
                    (struct move){.day = moment_day(effective), .on = billing->turning});
    }
    return 0;
}

static int read_turns(struct billing *billing, int64_t system, const struct occasion *occasions,
                      int32_t count, bool starts)
{
    const struct making *making = billing->making;
    struct asking *asking = making->asking;
    struct stretch stretch = {
        .system = system, .from = moment_of(DAY_FIRST, 0), .to = asking->now + 1};
    int status = 0;
    billing->turning = starts;
    for (int32_t i = 0; i < count && status == 0; i++) {
        const struct procedure *procedure = &making->policy->procedures[occasions[i].procedure];
        status = store_happenings(asking->counter->store, &stretch, procedure->title.name,
                                  procedure->events[occasions[i].event].title.name, take_turn,
                                  billing, asking->error);
    }
    return status;
}

static int all_turns(struct billing *billing, int64_t system)
{
    const struct bill *bill = billing->bill;
    billing->turn_count = 0;
    int status = read_turns(billing, system, bill->starts, bill->start_count, true);
    return status ? status : read_turns(billing, system, bill->stops, bill->stop_count, false);
}

/* ---- history ---- */

static void take_codes(struct billing *billing, struct history *history, const char *facts)
{
    struct arena *arena = billing->making->asking->arena;
    static const char tail[] = ".quantity";
    const char *at = facts, *end = at + strlen(at), *name, *value;
    size_t length, value_length, ending = sizeof tail - 1;
    while (fact_next(&at, end, &name, &length, &value, &value_length)) {
        bool item = length > 5 + ending && memcmp(name, "item.", 5) == 0 &&
                    memcmp(name + length - ending, tail, ending) == 0;
        const char *code = item ? arena_text(arena, name + 5, length - 5 - ending) : NULL;
        bool known = !item || history->code_count == CODES_MOST;
        for (size_t i = 0; i < history->code_count && !known; i++) {
            known = strcmp(history->codes[i], code) == 0;
        }
        if (!known) {
            history->codes[history->code_count++] = code;
        }
    }
}

static int load_history(struct billing *billing, int64_t system, struct history *out)
{
    struct asking *asking = billing->making->asking;
    struct records records = {0};
    int status = all_turns(billing, system);
    status = status ? status : store_acts(asking->counter->store, system, &records, asking->error);
    size_t most = records.count + billing->turn_count;
    *out = (struct history){.system = system,
                            .moves = arena_array(asking->arena, most + 1, sizeof *out->moves),
                            .codes = arena_array(asking->arena, CODES_MOST, sizeof *out->codes)};
    if (status == 0 && (!out->moves || !out->codes)) {
        status = error_memory(asking->error);
    }
    for (size_t i = 0; i < billing->turn_count && status == 0; i++) {
        insert_move(out->moves, &out->count, billing->turns[i]);
    }
    for (size_t i = 0; i < records.count && status == 0; i++) {
        const struct record *record = &records.items[i];
        struct move move = {.day = moment_day(record->effective),
                            .facts =
                                arena_text(asking->arena, record->facts, record->facts_length)};
        insert_move(out->moves, &out->count, move);
        take_codes(billing, out, move.facts);
    }
    records_free(&records);
    return status;
}

static int load_systems(struct billing *billing)
{
    struct asking *asking = billing->making->asking;
    int64_t *ids, count = book_below(asking, BOOK_SYSTEM, billing->org, &ids);
    int status = count < 0 ? -1 : 0;
    billing->systems =
        arena_array(asking->arena, (size_t)(status ? 0 : count) + 1, sizeof *billing->systems);
    if (status != 0 || !billing->systems) {
        return status ? -1 : error_memory(asking->error);
    }
    for (int64_t i = 0; i < count && status == 0; i++) {
        status = load_history(billing, ids[i], &billing->systems[billing->system_count++]);
    }
    billing->loaded = true;
    return status;
}

/* ---- reckoning ---- */

struct having { /* what a system has of a product, as the moves come */
    struct arena *arena;
    const char *fact;
    bool on;
    int64_t quantity;
    int32_t start, stop; /* STOP DAY_NONE: still in use */
};

static int32_t day_fact(const struct having *having, const char *facts, const char *name)
{
    const char *said = fact_find(facts, name, having->arena);
    int32_t day;
    return said && day_parse(said, strlen(said), &day) ? day : DAY_NONE;
}

static void take_move(struct having *having, const struct move *move)
{
    if (!move->facts) {
        having->on = move->on;
        return;
    }
    const char *said = fact_find(move->facts, having->fact, having->arena);
    const char *online = fact_find(move->facts, "online", having->arena);
    int64_t n;
    bool some = said && online && strcmp(online, "yes") == 0 &&
                decimal_parse(said, strlen(said), &n) && n > 0;
    having->quantity = some ? n : 0;
    having->start = day_fact(having, move->facts, "opened");
    having->stop = day_fact(having, move->facts, "closed");
}

static void put_amount(const struct having *having, int32_t day, struct dated_amount *out,
                       size_t *count)
{
    bool charged =
        having->on && day >= having->start && (having->stop == DAY_NONE || day < having->stop);
    out[(*count)++] = (struct dated_amount){day, charged ? having->quantity : 0};
}

/* By day, what of CODE is charged; OUT has room for three a move. The day a system came into use,
 * or went out of it, may lie after the act that says so. */
static size_t quantities(const struct billing *billing, const struct history *history,
                         const char *code, struct dated_amount *out)
{
    struct text name = {0};
    text_addf(&name, "item.%s.quantity", code);
    struct having having = {.arena = billing->making->asking->arena,
                            .fact = text_bytes(&name),
                            .on = billing->bill->start_count == 0,
                            .start = DAY_NONE,
                            .stop = DAY_NONE};
    size_t count = 0;
    for (size_t i = 0; i < history->count; i++) {
        int32_t day = history->moves[i].day;
        int32_t next = i + 1 < history->count ? history->moves[i + 1].day : DAY_LAST;
        take_move(&having, &history->moves[i]);
        put_amount(&having, day, out, &count);
        if (having.start > day && having.start < next) {
            put_amount(&having, having.start, out, &count);
        }
        if (having.stop > day && having.stop > having.start && having.stop < next) {
            put_amount(&having, having.stop, out, &count);
        }
    }
    text_free(&name);
    return count;
}

/* The prices of the product CODE, by day, in 分. NULL without memory. */
static struct dated_amount *prices(const struct billing *billing, const char *code, size_t *count)
{
    struct asking *asking = billing->making->asking;
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_PRICE);
    struct dated_amount *out = arena_array(asking->arena, shelf->count + 1, sizeof *out);
    *count = 0;
    for (size_t i = 0; i < shelf->count && out; i++) {
        const struct entry *price = shelf->items[i];
        bool of_it = price->parent && strcmp(price->parent->thing.code, code) == 0;
        const char *yuan = of_it ? entry_fact(price, "yuan", asking->arena) : NULL;
        int64_t micro;
        if (!yuan || !decimal_parse(yuan, strlen(yuan), &micro)) {
            continue;
        }
        int32_t day = price->thing.since == DAY_NONE ? DAY_FIRST : price->thing.since;
        size_t at = (*count)++;
        for (; at > 0 && out[at - 1].day > day; at--) {
            out[at] = out[at - 1];
        }
        out[at] = (struct dated_amount){day, micro / (MICRO / 100)};
    }
    return out;
}

static void tell_problem(struct billing *billing, const struct history *history, const char *code,
                         const char *label, bool no_price)
{
    static const struct column columns[] = {{"system", CELL_TEXT, N_("system")},
                                            {"product", CELL_NAME, N_("product")},
                                            {"period", CELL_NAME, N_("period")},
                                            {"problem", CELL_TEXT, N_("problem")}};
    struct parcel *reply = billing->making->asking->reply;
    const struct table *known = parcel_find(reply, "problems");
    const struct entry *system = period_system(billing->making, history->system);
    struct table *table = NULL;
    for (size_t i = 0; i < reply->table_count && known; i++) {
        table = reply->tables[i] == known ? reply->tables[i] : table;
    }
    table =
        table ? table : parcel_table(reply, "problems", columns, sizeof columns / sizeof *columns);
    table_text(table, system ? system->thing.name : NULL);
    table_text(table, code);
    table_text(table, label);
    table_both(table, no_price ? "产品没有当时有效的价格，金额未知" : "数额过大，无法计算",
               no_price ? "no price then: the amount is unknown" : "the sum is too large");
}

static int charge_month(struct billing *billing, const struct history *history, const char *code,
                        int32_t day, const char *label)
{
    struct asking *asking = billing->making->asking;
    struct dated_amount *amounts =
        arena_array(asking->arena, history->count * 3 + 1, sizeof *amounts);
    size_t price_count;
    struct dated_amount *priced = prices(billing, code, &price_count);
    struct bill_pieces pieces = {0};
    int year, month;
    if (!amounts || !priced) {
        return error_memory(asking->error);
    }
    struct charge charge = {.quantities = amounts,
                            .quantity_count = quantities(billing, history, code, amounts),
                            .prices = priced,
                            .price_count = price_count,
                            .start = DAY_FIRST,
                            .stop = DAY_NONE};
    day_to_civil(day, &year, &month, NULL);
    enum bill_status status = bill_reckon(&charge, year, month, &pieces, &billing->fen);
    billing->pieces += pieces.count + (status != BILL_DONE);
    bill_pieces_free(&pieces);
    if (status == BILL_MEMORY) {
        return error_memory(asking->error);
    }
    if (status != BILL_DONE) {
        billing->unknown = true;
        tell_problem(billing, history, code, label, status == BILL_NO_PRICE);
    }
    return 0;
}

static int charge_period(struct billing *billing, struct calendar_period period)
{
    billing->fen = 0;
    billing->pieces = 0;
    billing->unknown = false;
    int status = billing->loaded ? 0 : load_systems(billing);
    for (size_t s = 0; s < billing->system_count && status == 0; s++) {
        const struct history *history = &billing->systems[s];
        for (size_t c = 0; c < history->code_count; c++) {
            for (int32_t day = period.first; day <= period.last && status == 0;
                 day = day_add_months(day, 1)) {
                status = charge_month(billing, history, history->codes[c], day, period.label);
            }
        }
    }
    return status;
}

/* ---- cases ---- */

static int bill_period(struct billing *billing, struct calendar_period period)
{
    struct making *making = billing->making;
    struct asking *asking = making->asking;
    const struct bill *bill = billing->bill;
    struct text key = {0}, facts = {0};
    text_addf(&key, "bill.%s/", bill->title.name);
    text_add_int(&key, billing->org);
    text_addf(&key, "/%s", period.label);
    int64_t there = store_case_by_source(asking->counter->store, text_bytes(&key), asking->error);
    int status = there < 0 ? -1 : there == 0 ? charge_period(billing, period) : 0;
    if (status == 0 && there == 0 && billing->pieces > 0) {
        if (!billing->unknown) {
            int32_t slot = policy_slot_around(making->policy, AROUND_AMOUNT);
            fact_put_decimal(&facts, making->policy->slots[slot].name,
                             billing->fen * (MICRO / 100));
        }
        struct planned planned = {.source = text_bytes(&key),
                                  .kind = "bill",
                                  .name = bill->title.name,
                                  .procedure = bill->schedule.opens,
                                  .owner = bill->schedule.of,
                                  .payer = bill->payer,
                                  .org = billing->org,
                                  .due = due_in(making->revision, &bill->schedule.due, period),
                                  .moment = period_moment(making, period.last + 1),
                                  .facts = text_bytes(&facts)};
        status = key.failed || facts.failed ? error_memory(asking->error)
                                            : period_opens(making, &planned);
    }
    text_free(&key);
    text_free(&facts);
    return status < 0 ? -1 : 0;
}

static int bill_org(struct billing *billing)
{
    struct making *making = billing->making;
    const struct entry *org = period_org(making, billing->org);
    const struct bill *bill = billing->bill;
    if (bill->schedule.of < 0 || !(org->roles >> bill->schedule.of & 1)) {
        return 0;
    }
    struct value *facts = period_facts(making, org, NULL);
    int32_t from = day_add_months(making->day, -MONTHS_BACK);
    int32_t since = making->policy->effective;
    since = org->thing.since > since ? org->thing.since : since;
    struct calendar_period period = period_of(bill->schedule.each, from > since ? from : since);
    int status = facts ? 0 : -1;
    billing->loaded = false;
    billing->system_count = 0;
    for (; status == 0 && period.first != DAY_NONE && period.last < making->day &&
           !period_full(making);
         period = period_next(bill->schedule.each, period)) {
        if (facts_hold(making->revision, bill->when, facts, period.last)) {
            status = bill_period(billing, period);
        }
    }
    return status;
}

static int begin_bill(struct making *making, const struct bill *bill)
{
    struct arena *arena = making->asking->arena;
    struct billing *billing = making->billing = arena_array(arena, 1, sizeof *billing);
    struct move *turns = billing ? arena_array(arena, MOVES_MOST, sizeof *turns) : NULL;
    if (!turns) {
        return error_memory(making->asking->error);
    }
    *billing = (struct billing){.making = making, .bill = bill, .turns = turns};
    return 0;
}

int period_bill(struct making *making, const struct bill *bill, int64_t org)
{
    bool begun = making->billing && making->billing->bill == bill;
    int status = begun ? 0 : begin_bill(making, bill);
    if (status == 0) {
        making->billing->org = org;
        status = bill_org(making->billing);
    }
    return status;
}
