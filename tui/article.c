/* article.c: numbers of articles. */
#include "tui/article.h"

#include "tui/text.h"

/* 1 to 999 as 一, 十二, 一百零三; larger ones in digits. */
static void add_chinese_number(struct text *out, int32_t number)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    int32_t hundreds = number / 100, tens = number / 10 % 10, ones = number % 10;
    if (number < 1 || number > 999) {
        text_addf(out, "%d", (int)number);
        return;
    }
    if (hundreds) {
        text_addf(out, "%s百", digits[hundreds]);
    }
    if (tens) {
        text_addf(out, "%s十", tens > 1 || hundreds ? digits[tens] : "");
    } else if (hundreds && ones) {
        text_add(out, digits[0]);
    }
    if (ones) {
        text_add(out, digits[ones]);
    }
}

void article_add(struct text *out, int32_t number, bool english)
{
    struct text digits = {0};
    if (english) {
        text_add_int(&digits, number);
    } else {
        add_chinese_number(&digits, number);
    }
    text_addf(out, _("Article %s"), text_bytes(&digits));
    text_free(&digits);
}
