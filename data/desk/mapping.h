/*
 * mapping.h: to which system, or organisation, a project of a vendor's cloud belongs: what was said
 * of it by hand, else the system whose code is its id or name, else the first naming rule that
 * fits.
 */
#ifndef YUNTAI_DATA_DESK_MAPPING_H
#define YUNTAI_DATA_DESK_MAPPING_H

#include "data/desk/inside.h"
#include "data/store/inventory.h"

enum mapped_by { MAPPED_NOT, MAPPED_HAND, MAPPED_CODE, MAPPED_RULE };
struct project {
    const struct vendor_row *vendor;
    const char *uid, *name, *region;
    const char *org;        /* whose it is, as the vendor says; NULL it does not */
    int64_t system, parent; /* ids; the system's organisation, or that alone; 0 none */
    enum mapped_by by;
    const char *rule;       /* MAPPED_RULE: its code */
    const struct fit *fits; /* mapping.c's own */
};
struct mapping {
    struct vendor_row *vendors;
    struct project *projects;
    size_t vendor_count, project_count, capacity;
    size_t unmapped;     /* projects that are nobody's */
    const char *namings; /* mapping.c's own */
};

/* Which of the policy's measures the inventories count, as the settings say; -1 none. */
struct sizing {
    int32_t cores, memory, disk;
    int64_t memory_unit, disk_unit; /* MiB, GiB: one of the measure's units */
};
struct sizing sizing_of(const struct asking *asking, const struct policy *policy);
/* What VCPUS, RAM and DISK come to in MEASURE, in millionths of its unit; -1 where it is not one
 * of these, or not known. */
int64_t sized(const struct sizing *sizing, int32_t measure, int64_t vcpus, int64_t ram,
              int64_t disk);

/* All projects of all vendors as they stand in force, those of VENDOR (an id, 0 none) as RUN leaves
 * them; in ASKING's arena, or kept at the counter until the registers or the inventories are others
 * and it is called again. -1 with ERROR. */
int mapping_read(struct asking *asking, int64_t vendor, int64_t run, struct mapping *out);
/* The mark of the store that is one more whenever the registers may map otherwise: where a thing of
 * KIND is NEW in the place of OLD (NULL: there was none) and that counts. Most of what becomes of
 * systems does not. */
extern const char mapping_mark[];
bool mapping_moves(enum book_kind kind, const struct thing *old, const struct thing *new);
/* The project of VENDOR with that id; NULL. */
const struct project *mapping_project(const struct mapping *mapping, int64_t vendor,
                                      const char *uid);

/* The place among the projects of the first behind CODE, "VENDOR/ID": as many as there are where
 * none is. */
size_t mapping_behind(const struct mapping *mapping, const char *code);

/* mapping_guess.c: whose it may be, and what speaks for that. */
enum guess_ground {
    GUESS_CODE,     /* a part of its name is the code of a system or an organisation */
    GUESS_SOUND,    /* … the letters by which the name of only one is heard */
    GUESS_TENANT,   /* the vendor says whose it is */
    GUESS_NEIGHBOUR /* a project that is called alike is theirs */
};
struct guess {
    const struct entry *entry;
    enum book_kind kind; /* BOOK_SYSTEM, BOOK_ORG */
    enum guess_ground ground;
};
enum { GUESS_KINDS = 2 };
struct guess_names {
    struct guess_name *items;
    size_t count, capacity;
    bool read;
};
struct guesser { /* zeroed but for the first two */
    struct asking *asking;
    const struct mapping *mapping;
    struct guess_names names[GUESS_KINDS]; /* mapping_guess.c's own */
    int reading;
};
/* False: nothing speaks for anybody. */
bool mapping_guess(struct guesser *guesser, const struct project *project, struct guess *guess);

#endif
