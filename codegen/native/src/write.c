#include "write.h"

NOINLINE char *grow(Writer *w, char *p, Py_ssize_t room)
{
    size_t used = (size_t)(p - w->start), size = (used + (size_t)room) * 3 / 2;
    char *old = w->start == w->small ? NULL : w->start;
    char *start = PyMem_Realloc(old, size);
    if (start == NULL) {
        return NULL;
    }
    if (old == NULL) {
        memcpy(start, w->small, used);
    }
    w->start = start;
    w->end = start + size;
    return start + used;
}

/* Two characters for one that cannot stand as it is; NULL for those that are written in
   several ways. */
INLINE char *escape(char *p, uint8_t c)
{
    static const char names[] = {
        ['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
        ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't',
    };
    p[0] = '\\';
    p[1] = names[c];
    return names[c] ? p + 2 : NULL;
}

/* Write characters that are written as they are, and escapes for others. There is room
   for twice as many. */
char *put_escaped(char *p, const uint8_t *text, const uint8_t *end)
{
#ifdef WIREWRIGHT_SIXTEEN
    const uint8_t *plain_from = text;
    while (end - text >= 16) {
        memcpy(p, text, 16);
        if (LIKELY(!has_special_16(text))) {
            text += 16;
            p += 16;
            continue;
        }
        unsigned plain = first_special_16(text);
        text += plain + 1;
        plain_from = text;
        p = escape(p + plain, text[-1]);
        if (p == NULL) {
            return NULL;
        }
    }
    /* The end is copied with what stands before it, if that is written as it is. */
    if (end - plain_from >= 16 && !has_special_16(end - 16)) {
        p += end - text;
        memcpy(p - 16, end - 16, 16);
        return p;
    }
#endif
    while (text < end) {
        uint8_t c = *text++;
        if (LIKELY(!is_special(c))) {
            *p++ = (char)c;
        } else if ((p = escape(p, c)) == NULL) {
            return NULL;
        }
    }
    return p;
}

/* A long text. If all of it is written as it is, it is copied later. If not, what is is
   found and copied in large pieces. */
NOINLINE char *write_long(Writer *w, char *p, PyObject *value)
{
    Py_ssize_t size;
    const uint8_t *text = (const uint8_t *)PyUnicode_AsUTF8AndSize(value, &size);
    const uint8_t *end = text + size, *plain_to = scan(w->codec->scan, text, end);
    *p++ = '"';
    if (plain_to == end && w->longs_count < LONGS) {
        w->longs[w->longs_count++] =
            (Long){Py_NewRef(value), (const char *)text, size, p - w->start};
        *p++ = '"';
        return p;
    }
    while (1) {
        p = with_room(w, p, (plain_to - text) + LONG_TEXT);
        if (p == NULL) {
            return NULL;
        }
        memcpy(p, text, (size_t)(plain_to - text));
        p += plain_to - text;
        if (plain_to == end) {
            *p++ = '"';
            return p;
        }
        text = end - plain_to < LONG_TEXT / 2 ? end : plain_to + LONG_TEXT / 2;
        p = put_escaped(p, plain_to, text);
        if (p == NULL) {
            return NULL;
        }
        plain_to = scan(end - text < LEAST_SCANNED ? scan_portably : w->codec->scan, text,
                        end);
    }
}

/* --- numbers ----------------------------------------------------------------------- */

/* All numbers of two digits. */
static const char PAIRS[] =
    "0001020304050607080910111213141516171819"
    "2021222324252627282930313233343536373839"
    "4041424344454647484950515253545556575859"
    "6061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

/* A number without sign, with so many digits behind the point. */
static char *put_digits(char *p, unsigned long long number, int behind)
{
    char digits[64], *first = digits + 32;
    if (behind) {
        for (int i = 0; i < behind; i++, number /= 10) {
            *--first = (char)('0' + number % 10);
        }
        *--first = '.';
    }
    for (; number >= 100; number /= 100) {
        first -= 2;
        memcpy(first, PAIRS + 2 * (number % 100), 2);
    }
    first -= 2;
    memcpy(first, PAIRS + 2 * number, 2);
    first += number < 10;
    memcpy(p, first, 32); /* of which only the beginning is kept */
    return p + (digits + 32 - first);
}

char *write_integer(char *p, PyObject *value)
{
    int overflow;
    long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow || (number == -1 && PyErr_Occurred())) {
        return NULL;
    }
    if (number < 0) {
        *p++ = '-';
        return put_digits(p, 0ull - (unsigned long long)number, 0);
    }
    return put_digits(p, (unsigned long long)number, 0);
}

/* A number of few digits, the shortest that reads back as it: at most 15 are told apart
   by every float. NULL if it has more. */
static char *put_decimal(char *p, double number)
{
    static const double powers[] = {1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    for (int i = 0; i < 6; i++) {
        double scaled = number * powers[i];
        if (scaled >= 1e15) {
            return NULL;
        }
        unsigned long long digits = (unsigned long long)(scaled + 0.5);
        if ((double)digits / powers[i] == number) {
            return put_digits(p, digits, i + 1);
        }
    }
    return NULL;
}

/* Floats in the range in which all writers use no exponent. */
char *write_float(char *p, PyObject *value)
{
    double number = PyFloat_AsDouble(value), size = number < 0 ? -number : number;
    if (!(size == 0 || (size >= 1e-4 && size < 1e15))) {
        return NULL;
    }
    char *end = number > 0 ? put_decimal(p, number) : NULL;
    if (end != NULL) {
        return end;
    }
    char *text = PyOS_double_to_string(number, 'r', 0, Py_DTSF_ADD_DOT_0, NULL);
    if (text == NULL) {
        return NULL;
    }
    size_t length = strlen(text);
    memcpy(p, text, length);
    PyMem_Free(text);
    return p + length;
}
