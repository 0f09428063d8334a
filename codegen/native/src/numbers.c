#include "codec.h"

#define WIDE 9223372036854775808.0  /* Floats from here on may have been integers. */

#define MOST_DIGITS 18  /* Beyond, integers are Python's, and floats not exact. */

static const double POWERS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

typedef struct {
    int is_float;
    int64_t integer;
    double real;
    uint64_t digits;      /* of a float: all of them, if there are not too many */
    int behind;           /* so many stand behind the point; -1 if it is not known */
} Number;

static int is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

/* A float that is not exact by one multiplication or division, as Python reads it. */
static NOINLINE int exactly(const uint8_t *from, const uint8_t *to, double *real)
{
    char text[64];
    if (to - from >= (Py_ssize_t)sizeof(text)) {
        return 0;
    }
    memcpy(text, from, (size_t)(to - from));
    text[to - from] = 0;
    *real = PyOS_string_to_double(text, NULL, NULL);
    if (*real == -1.0 && PyErr_Occurred()) {
        PyErr_Clear();
        return 0;
    }
    return 1;
}

/* Read a number; 0 for what is none, and for what readers of JSON do not agree on. */
static int parse(Frame *f, Number *number)
{
    const uint8_t *from = f->p, *p = from;
    int negative = *p == '-', digits = 0, exponent = 0;
    uint64_t mantissa = 0;
    p += negative;
    const uint8_t *first = p;
    for (; is_digit(*p); p++, digits++) {
        if (digits < MOST_DIGITS) {
            mantissa = mantissa * 10 + (uint64_t)(*p - '0');
        }
    }
    if (digits == 0 || (*first == '0' && digits > 1) || digits > MOST_DIGITS) {
        return 0;
    }
    if (LIKELY(*p != '.' && (*p | 0x20) != 'e')) {
        if (negative && mantissa == 0) {
            return 0;
        }
        number->is_float = 0;
        number->integer = negative ? -(int64_t)mantissa : (int64_t)mantissa;
        f->p = p;
        return 1;
    }
    int is_long = 0;
    if (*p == '.') {
        const uint8_t *point = ++p;
        for (; is_digit(*p); p++) {
            if (digits < MOST_DIGITS) {
                mantissa = mantissa * 10 + (uint64_t)(*p - '0');
                digits++;
                exponent--;
            } else {
                is_long = 1;
            }
        }
        if (p == point) {
            return 0;
        }
    }
    if ((*p | 0x20) == 'e') {
        int sign = 1, written = 0;
        p++;
        if (*p == '+' || *p == '-') {
            sign = *p == '-' ? -1 : 1;
            p++;
        }
        const uint8_t *power = p;
        for (; is_digit(*p); p++) {
            written = written < 10000 ? written * 10 + (*p - '0') : written;
        }
        if (p == power) {
            return 0;
        }
        exponent += sign * written;
    }
    if (!is_long && mantissa < (1ull << 53) && exponent >= -22 && exponent <= 22) {
        double real = (double)mantissa;
        real = exponent < 0 ? real / POWERS[-exponent] : real * POWERS[exponent];
        number->real = negative ? -real : real;
    } else if (exponent < -300 || exponent > 300 || !exactly(from, p, &number->real)) {
        return 0;
    }
    number->is_float = 1;
    number->digits = mantissa;
    number->behind = is_long || exponent > 0 || exponent < -18 ? -1 : -exponent;
    f->p = p;
    return number->real < WIDE && number->real > -WIDE;
}

static int is_within(const Node *node, double value)
{
    if (node->has_low && (node->is_above ? value <= node->low : value < node->low)) {
        return 0;
    }
    return !(node->has_high &&
             (node->is_below ? value >= node->high : value > node->high));
}

#define EXACT_DIGITS 1000000000000000ull  /* So many are the shortest of their float. */

/* Whether a number is a multiple, in decimals: 1 or 0, -1 if that is not known. */
static int is_multiple(const Node *node, const Number *number)
{
    uint64_t digits, unit = node->divisor;
    if (!number->is_float) {
        int64_t value = number->integer;
        digits = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    } else {
        if (number->behind < 0 || number->digits >= EXACT_DIGITS) {
            return -1;
        }
        digits = number->digits;
        for (int i = 0; i < number->behind; i++) {
            if (unit >= UINT64_MAX / 10) {
                return -1;
            }
            unit *= 10;
        }
    }
    digits %= unit;
    if (digits > UINT64_MAX / node->divided) {
        return -1;
    }
    return digits * node->divided % unit == 0;
}

/* Whether a number is one of a node: 0 if it is none, -1 if that is for Python to decide;
   of those that a node lists, the how many-th it is. */
static int meets(const Node *node, const Number *number)
{
    int multiple = node->divisor ? is_multiple(node, number) : 1;
    if (multiple < 1) {
        return multiple;
    }
    if (number->is_float) {
        if (node->number != ANY_NUMBER || node->numbers_count) {
            return -1;
        }
        return is_within(node, number->real);
    }
    if (node->has_low || node->has_high) {
        int64_t value = number->integer;
        /* Beyond this not every integer is a float. */
        if (value > 1ll << 53 || value < -(1ll << 53)) {
            return -1;
        }
        if (!is_within(node, (double)value)) {
            return 0;
        }
    }
    for (int i = 0; i < node->numbers_count; i++) {
        if (node->numbers[i] == number->integer) {
            return i + 1;
        }
    }
    return node->numbers_count == 0;
}

/* The same of a number that somebody else has read. */
int meets_number(const Node *node, PyObject *value)
{
    Number number = {.is_float = PyFloat_CheckExact(value), .behind = -1};
    if (number.is_float) {
        number.real = PyFloat_AsDouble(value);
        return number.real < WIDE && number.real > -WIDE ? meets(node, &number) : -1;
    }
    int overflow = 0;
    if (node->is_any_integer) {
        return 1;
    }
    number.integer = PyLong_AsLongLongAndOverflow(value, &overflow);
    int met = overflow ? -1 : meets(node, &number);
    return met > 0 ? 1 : met;
}

/* A number of a node that takes all integers, which most are. */
PyObject *read_integer(Frame *f, const Node *node)
{
    const uint8_t *p = f->p;
    long long value = 0;
    for (; is_digit(*p) && p - f->p < MOST_DIGITS; p++) {
        value = value * 10 + (*p - '0');
    }
    int is_plain = p > f->p && (*f->p != '0' || p - f->p == 1);
    if (UNLIKELY(!is_plain || is_digit(*p) || *p == '.' || (*p | 0x20) == 'e')) {
        return read_number(f, node);
    }
    f->p = p;
    return PyLong_FromLongLong(value);
}

/* A number of a node; of any, where that is NULL. */
PyObject *read_number(Frame *f, const Node *node)
{
    Number number;
    if (!parse(f, &number)) {
        return NULL;
    }
    int met = node == NULL ? 1 : meets(node, &number);
    if (UNLIKELY(met < 1)) {
        return met == 0 ? reject(f) : NULL;
    }
    if (number.is_float) {
        return PyFloat_FromDouble(number.real);
    }
    if (node != NULL && node->members != NULL) {
        return Py_NewRef(node->members[met - 1]);
    }
    return PyLong_FromLongLong(number.integer);
}

/* The integer that a member of an enum has been, or the number that is none. */
PyObject *value_of_member(const Node *node, PyObject *member)
{
    for (int i = 0; node->members != NULL && i < node->numbers_count; i++) {
        if (node->members[i] == member) {
            return Py_NewRef(node->member_values[i]);
        }
    }
    return Py_NewRef(member);
}
