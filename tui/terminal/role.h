/*
 * role.h: what a cell means. Themes give roles their colours; code never names a colour.
 */
#ifndef YUNTAI_TUI_TERMINAL_ROLE_H
#define YUNTAI_TUI_TERMINAL_ROLE_H

enum role {
    ROLE_TEXT,              /* text: body; terminal default, no SGR sent */
    ROLE_TEXT_DIM,          /* text.dim: secondary facts */
    ROLE_TEXT_STRONG,       /* text.strong: totals, names in titles */
    ROLE_HEAD,              /* head: column heads */
    ROLE_HEADING,           /* heading: section and fact labels */
    ROLE_HEADING_FOCUS,     /* heading.focus: section that has the keys */
    ROLE_RULE,              /* rule: dots and dashes (decoration) */
    ROLE_BAR,               /* bar: rows 1 and last */
    ROLE_BAR_DIM,           /* bar.dim: less in bars */
    ROLE_BAR_ACTIVE,        /* bar.active: current tab */
    ROLE_BAR_KEY,           /* bar.key: key names in bars */
    ROLE_BAR_ALERT,         /* bar.alert: count of red in a tab */
    ROLE_BAR_MODE,          /* bar.mode: offline, read-only */
    ROLE_CONTEXT,           /* context: row 2 */
    ROLE_SHEET_TITLE,       /* sheet.title: head of a sheet or preview */
    ROLE_SHEET_DIM,         /* sheet.dim: its right side */
    ROLE_SHEET_CURSOR,      /* sheet.cursor: row under the cursor in a sheet */
    ROLE_TABLE_CURSOR,      /* table.cursor: gutter and name of the current row */
    ROLE_TABLE_MARK,        /* table.mark: * of a marked row */
    ROLE_TABLE_MATCH,       /* table.match: letters that matched */
    ROLE_CARD_OVER2,        /* card.over2: late 5 working days or more */
    ROLE_CARD_RED,          /* card.red: late */
    ROLE_CARD_YELLOW,       /* card.yellow: last working day, or today */
    ROLE_CARD_BLUE,         /* card.blue: two working days left */
    ROLE_CARD_NONE,         /* card.none: more time */
    ROLE_CARD_PAUSED,       /* card.paused: clock stands still */
    ROLE_CARD_MET,          /* card.met: met in time */
    ROLE_CARD_MISSED,       /* card.missed: met late, explained, waived */
    ROLE_DATE_COUNTED,      /* date.counted: today, counted */
    ROLE_DATE_REST,         /* date.rest: rest days */
    ROLE_DATE_PROVISIONAL,  /* date.provisional: ≈ beyond the last notice */
    ROLE_TRACE_COUNTED,     /* trace.counted: day that counts */
    ROLE_TRACE_SKIPPED,     /* trace.skipped: day that does not */
    ROLE_STAGE_PAST,        /* stage.past: done, verified */
    ROLE_STAGE_NOW,         /* stage.now: here, now */
    ROLE_STAGE_NEXT,        /* stage.next: to come (decoration) */
    ROLE_GAUGE_USED,        /* gauge.used: elapsed, used */
    ROLE_GAUGE_REST,        /* gauge.rest: remaining (decoration) */
    ROLE_GAUGE_PAUSED,      /* gauge.paused: paused days */
    ROLE_GAUGE_OVER,        /* gauge.over: beyond the limit */
    ROLE_GAUGE_MARK,        /* gauge.mark: minimum, threshold */
    ROLE_SPARK,             /* spark: sparklines */
    ROLE_HEAT_0,            /* heat.0: no case */
    ROLE_HEAT_1,            /* heat.1: few */
    ROLE_HEAT_2,            /* heat.2: some */
    ROLE_HEAT_3,            /* heat.3: many */
    ROLE_HEAT_4,            /* heat.4: too many */
    ROLE_CHART_1,           /* chart.1: first line */
    ROLE_CHART_2,           /* chart.2: second line */
    ROLE_CHART_3,           /* chart.3: third line */
    ROLE_CHART_AXIS,        /* chart.axis: axis */
    ROLE_CHART_LIMIT,       /* chart.limit: agreed limit */
    ROLE_SEVERITY_CRITICAL, /* severity.critical: 紧急 */
    ROLE_SEVERITY_HIGH,     /* severity.high: 高 */
    ROLE_SEVERITY_MEDIUM,   /* severity.medium: 中 */
    ROLE_SEVERITY_LOW,      /* severity.low: 低 */
    ROLE_FLAG,              /* flag: needs a look, no clock */
    ROLE_ACT_KEY,           /* act.key: key that can be pressed */
    ROLE_ACT_OFF,           /* act.off: cannot, with reason */
    ROLE_ACT_DANGER,        /* act.danger: cannot be undone */
    ROLE_FORM_LABEL,        /* form.label: field name */
    ROLE_FORM_VALUE,        /* form.value: what was typed */
    ROLE_FORM_FOCUS,        /* form.focus: field being typed */
    ROLE_FORM_CHANGED,      /* form.changed: changed since load */
    ROLE_FORM_ERROR,        /* form.error: breaks a rule */
    ROLE_FORM_HINT,         /* form.hint: rule or range */
    ROLE_FORM_READONLY,     /* form.readonly: not yours to change */
    ROLE_DIFF_BASE,         /* diff.base: common origin */
    ROLE_DIFF_MINE,         /* diff.mine: mine */
    ROLE_DIFF_THEIRS,       /* diff.theirs: theirs */
    ROLE_DIFF_ADD,          /* diff.add: new */
    ROLE_DIFF_DEL,          /* diff.del: gone */
    ROLE_DIFF_CHANGE,       /* diff.change: changed */
    ROLE_MESSAGE_INFO,      /* message.info: news */
    ROLE_MESSAGE_OK,        /* message.ok: done */
    ROLE_MESSAGE_WARN,      /* message.warn: cannot now */
    ROLE_MESSAGE_ERROR,     /* message.error: refused, failed */
    ROLE_DATA_FRESH,        /* data.fresh: as of */
    ROLE_DATA_STALE,        /* data.stale: older than it should be */
    ROLES
};

/* The name in theme files: "table.cursor". */
const char *role_name(enum role role);
/* ROLES where there is no such role. */
enum role role_called(const char *name);

#endif
