/* Events to their text: as the Python codec and orjson write it, byte for byte. Whatever
   could be written in two ways, or has no form in JSON, is left to Python. */
#include "tables.h"

#define SMALL 4096

typedef struct {
    char *start, *p, *end;
    Codec *codec;
    int depth;
    char small[SMALL];    /* where it begins, until that is full */
} Writer;

static int write_value(Writer *w, const Node *node, PyObject *value);

/* --- characters -------------------------------------------------------------------- */

static NOINLINE int grow(Writer *w, Py_ssize_t room)
{
    size_t used = (size_t)(w->p - w->start), size = (used + (size_t)room) * 3 / 2;
    char *old = w->start == w->small ? NULL : w->start;
    char *start = PyMem_Realloc(old, size);
    if (start == NULL) {
        return 0;
    }
    if (old == NULL) {
        memcpy(start, w->small, used);
    }
    w->start = start;
    w->p = start + used;
    w->end = start + size;
    return 1;
}

INLINE int has_room(Writer *w, Py_ssize_t room)
{
    return LIKELY(w->end - w->p >= room) || grow(w, room);
}

INLINE int put_char(Writer *w, char c)
{
    if (!has_room(w, 1)) {
        return 0;
    }
    *w->p++ = c;
    return 1;
}

/* A short text that is not the last in its memory: whole words are copied, of which
   only the beginning is kept. */
#define SLACK 32

INLINE int put_short(Writer *w, const char *text, Py_ssize_t size)
{
    if (UNLIKELY(size > SLACK)) {
        if (!has_room(w, size)) {
            return 0;
        }
        memcpy(w->p, text, (size_t)size);
    } else {
        if (!has_room(w, SLACK)) {
            return 0;
        }
        memcpy(w->p, text, SLACK);
    }
    w->p += size;
    return 1;
}

static int put_text(Writer *w, const char *text, Py_ssize_t size)
{
    if (!has_room(w, size)) {
        return 0;
    }
    memcpy(w->p, text, (size_t)size);
    w->p += size;
    return 1;
}

static int put_escape(Writer *w, uint8_t c)
{
    static const char values[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
    const char *found = c == 0 ? NULL : strchr(values, c);
    return found != NULL && put_char(w, '\\') && put_char(w, names[found - values]);
}

#define ONES 0x0101010101010101ull

/* Whether one of eight characters is special; sometimes if none is. */
INLINE uint64_t maybe_special(uint64_t word)
{
    uint64_t quote = word ^ (ONES * '"'), slash = word ^ (ONES * '\\');
    return (((word - ONES * 0x20) & ~word) | ((quote - ONES) & ~quote) |
            ((slash - ONES) & ~slash)) &
           (ONES * 0x80);
}

INLINE void store(char *to, uint64_t word, size_t size) { memcpy(to, &word, size); }

/* Write a text of less than 16 characters, if it is written as it is. */
INLINE int put_plain(char *to, const uint8_t *p, size_t size)
{
    if (size >= 8) {
        uint64_t first = load(p, 8), last = load(p + size - 8, 8);
        store(to, first, 8);
        store(to + size - 8, last, 8);
        return !(maybe_special(first) | maybe_special(last));
    }
    if (size >= 4) {
        uint64_t first = load(p, 4), last = load(p + size - 4, 4);
        store(to, first, 4);
        store(to + size - 4, last, 4);
        return !maybe_special(first | last << 32);
    }
    for (size_t i = 0; i < size; i++) {
        if (is_special(p[i])) {
            return 0;
        }
        to[i] = (char)p[i];
    }
    return 1;
}

static int write_text(Writer *w, const char *text, Py_ssize_t size)
{
    const uint8_t *p = (const uint8_t *)text, *end = p + size;
    scan_fn further = size < LEAST_SCANNED ? scan_portably : w->codec->scan;
    if (!has_room(w, size + 2)) {
        return 0;
    }
    *w->p++ = '"';
    if (size < LEAST_SCANNED && put_plain(w->p, p, (size_t)size)) {
        w->p += size;
        *w->p++ = '"';
        return 1;
    }
    while (1) {
        const uint8_t *stop = scan(further, p, end);
        if (!put_text(w, (const char *)p, stop - p)) {
            return 0;
        }
        if (stop == end) {
            return put_char(w, '"');
        }
        if (!put_escape(w, *stop)) {
            return 0;
        }
        p = stop + 1;
    }
}

static int write_string(Writer *w, PyObject *value)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(value, &size);
    return text != NULL && write_text(w, text, size);
}

/* --- numbers ----------------------------------------------------------------------- */

/* A number without sign, with so many digits behind the point. */
static int put_digits(Writer *w, unsigned long long number, int behind)
{
    char digits[32], *p = digits + sizeof(digits);
    for (int place = 0; number || place <= behind; place++) {
        if (place && place == behind) {
            *--p = '.';
        }
        *--p = (char)('0' + number % 10);
        number /= 10;
    }
    return put_text(w, p, digits + sizeof(digits) - p);
}

static int write_integer(Writer *w, PyObject *value)
{
    int overflow;
    long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow || (number == -1 && PyErr_Occurred())) {
        return 0;
    }
    if (number < 0) {
        return put_char(w, '-') && put_digits(w, 0ull - (unsigned long long)number, 0);
    }
    return put_digits(w, (unsigned long long)number, 0);
}

/* A number of few digits, the shortest that reads back as it: at most 15 are told apart
   by every float. 0 if it has more. */
static int put_decimal(Writer *w, double number)
{
    static const double powers[] = {1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    for (int i = 0; i < 6; i++) {
        double scaled = number * powers[i];
        if (scaled >= 1e15) {
            return 0;
        }
        unsigned long long digits = (unsigned long long)(scaled + 0.5);
        if ((double)digits / powers[i] == number) {
            return put_digits(w, digits, i + 1);
        }
    }
    return 0;
}

/* Floats in the range in which all writers use no exponent. */
static int write_float(Writer *w, PyObject *value)
{
    double number = PyFloat_AsDouble(value), size = number < 0 ? -number : number;
    if (!(size == 0 || (size >= 1e-4 && size < 1e15))) {
        return 0;
    }
    if (number > 0 && put_decimal(w, number)) {
        return 1;
    }
    char *text = PyOS_double_to_string(number, 'r', 0, Py_DTSF_ADD_DOT_0, NULL);
    int ok = text != NULL && put_text(w, text, (Py_ssize_t)strlen(text));
    PyMem_Free(text);
    return ok;
}

/* --- arrays and objects ------------------------------------------------------------ */

static const Node *settled(const Node *node, int type)
{
    for (int i = 0; node != NULL && node->follow[type] != NULL && i < MAX_DEPTH; i++) {
        node = node->follow[type];
    }
    return node == NULL || node->python != NULL ? NULL : node;
}

static int write_list(Writer *w, const Node *node, PyObject *value)
{
    Py_ssize_t count = PyList_Size(value);
    node = settled(node, OF_ARRAY);
    const Node *items = node == NULL ? NULL : node->items;
    if (!put_char(w, '[')) {
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyList_GetItem(value, i);
        if (item == NULL || (i && !put_char(w, ','))) {
            return 0;
        }
        Py_INCREF(item);
        int ok = write_value(w, items, item);
        Py_DECREF(item);
        if (!ok) {
            return 0;
        }
    }
    return put_char(w, ']');
}

static int write_name(Writer *w, int *count, PyObject *name)
{
    if (!PyUnicode_CheckExact(name) || ((*count)++ && !put_char(w, ','))) {
        return 0;
    }
    return write_string(w, name) && put_char(w, ':');
}

static int write_dict(Writer *w, const Node *node, PyObject *value)
{
    PyObject *name, *item;
    Py_ssize_t at = 0;
    int count = 0;
    node = settled(node, OF_OBJECT);
    const Node *values = node == NULL ? NULL : node->values;
    if (!put_char(w, '{')) {
        return 0;
    }
    while (PyDict_Next(value, &at, &name, &item)) {
        if (!write_name(w, &count, name) || !write_value(w, values, item)) {
            return 0;
        }
    }
    return put_char(w, '}');
}

INLINE PyObject *held(PyObject *object, const Field *field)
{
    return *(PyObject **)((char *)object + field->offset);
}

static int write_field(Writer *w, int *count, const Field *field, PyObject *value)
{
    if (value == NULL || ((*count)++ && !put_char(w, ','))) {
        return 0;
    }
    return put_short(w, field->quoted, field->quoted_size) &&
           write_value(w, field->node, value);
}

static Field *field_of(const Class *cls, PyObject *name)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(name, &size);
    Entry *entry =
        text == NULL ? NULL : lookup(&cls->by_name, (const uint8_t *)text, (size_t)size);
    return entry == NULL ? NULL : entry->more;
}

/* The field of a name, most often that which follows the last one. */
static const Field *next_field(const Class *cls, PyObject *name, int *last)
{
    const Field *field = &cls->fields[cls->next[*last]];
    if (field->wire != name) {
        field = PyUnicode_CheckExact(name) ? field_of(cls, name) : NULL;
    }
    if (field != NULL) {
        *last = (int)(field - cls->fields) + 1;
    }
    return field;
}

/* What an object keeps, brought up to date: lists, maps and objects are in its fields. */
static int write_kept(Writer *w, const Class *cls, PyObject *object, PyObject *kept)
{
    PyObject *name, *item;
    Py_ssize_t at = 0;
    int count = 0, last = 0;
    while (PyDict_Next(kept, &at, &name, &item)) {
        const Field *field = next_field(cls, name, &last);
        PyObject *value = field == NULL ? NULL : held(object, field);
        if (field == NULL) {
            if (!write_name(w, &count, name) || !write_value(w, NULL, item)) {
                return 0;
            }
        } else if (value == NULL || PyTuple_CheckExact(value)) {
            return 0;
        } else {
            int is_held = PyList_CheckExact(value) || PyDict_CheckExact(value) ||
                          PyDict_CheckExact(item);
            if (!write_field(w, &count, field, is_held ? value : item)) {
                return 0;
            }
        }
    }
    return 1;
}

/* The same, of which nothing has been made but the order of its properties. */
static int write_in_order(Writer *w, const Class *cls, PyObject *object,
                          const Order *order)
{
    PyObject *extra = *(PyObject **)((char *)object + cls->extra_offset), *name, *item;
    Py_ssize_t at = 0;
    int count = 0;
    for (Py_ssize_t i = 0; i < order->count; i++) {
        if (order->fields[i] == BESIDE) {
            if (!PyDict_Check(extra) || !PyDict_Next(extra, &at, &name, &item) ||
                !write_name(w, &count, name) || !write_value(w, NULL, item)) {
                return 0;
            }
        } else {
            const Field *field = &cls->fields[order->fields[i]];
            if (!write_field(w, &count, field, held(object, field))) {
                return 0;
            }
        }
    }
    return 1;
}

/* All fields of an object: those that must be there, then those that are. */
static int write_fields(Writer *w, const Class *cls, PyObject *object)
{
    int count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < cls->count; i++) {
            const Field *field = &cls->fields[i];
            PyObject *value = held(object, field);
            if ((field->kind == REQUIRED) != (pass == 0)) {
                continue;
            }
            if (value == w->codec->unset && field->kind != NULLABLE) {
                return 0;
            }
            if (value == (field->kind == NULLABLE ? w->codec->unset : Py_None) &&
                field->kind != REQUIRED) {
                continue;
            }
            if (!write_field(w, &count, field, value)) {
                return 0;
            }
        }
    }
    PyObject *extra = *(PyObject **)((char *)object + cls->extra_offset), *name, *item;
    Py_ssize_t at = 0;
    if (extra == Py_None) {
        return 1;
    }
    if (extra == NULL || !PyDict_CheckExact(extra)) {
        return 0;
    }
    while (PyDict_Next(extra, &at, &name, &item)) {
        const Field *field = PyUnicode_CheckExact(name) ? field_of(cls, name) : NULL;
        if (field != NULL && (field->kind != OPTIONAL || held(object, field) != Py_None)) {
            return 0; /* It may have been written already. */
        }
        if (!write_name(w, &count, name) || !write_value(w, NULL, item)) {
            return 0;
        }
    }
    return 1;
}

static int write_object(Writer *w, const Class *cls, PyObject *object)
{
    if (!put_char(w, '{')) {
        return 0;
    }
    if (!cls->kept) {
        return write_fields(w, cls, object) && put_char(w, '}');
    }
    PyObject *kept = *(PyObject **)((char *)object + cls->wire_offset);
    if (kept == NULL) {
        return 0;
    }
    if (Py_TYPE(kept) == w->codec->order_type) {
        return write_in_order(w, cls, object, (const Order *)kept) && put_char(w, '}');
    }
    return PyDict_CheckExact(kept) && write_kept(w, cls, object, kept) &&
           put_char(w, '}');
}

/* --- values ------------------------------------------------------------------------ */

/* The class of an object, if tables are all there is to it. */
Class *class_of_object(Codec *codec, PyObject *object)
{
    PyObject *type = (PyObject *)Py_TYPE(object);
    PyObject *known = PyDict_GetItemWithError(codec->by_type, type);
    if (known != NULL) {
        return PyLong_AsVoidPtr(known);
    }
    PyObject *name = PyObject_GetAttrString(type, "__name__");
    Class *cls = NULL;
    if (name != NULL && PyDict_GetItemWithError(codec->classes, name) != NULL) {
        cls = class_of(codec, name);
    }
    Py_XDECREF(name);
    int usable = cls != NULL && class_ready(codec, cls) && cls->state == READY &&
                 (PyObject *)cls->type == type;
    if (!usable || PyErr_Occurred()) {
        return NULL;
    }
    PyObject *pointer = PyLong_FromVoidPtr(cls);
    int failed = pointer == NULL || PyDict_SetItem(codec->by_type, type, pointer);
    Py_XDECREF(pointer);
    return failed ? NULL : cls;
}

/* A member of an enum, by the value that the tables know it by. */
static int write_member(Writer *w, const Node *node, PyObject *value)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(value, &size);
    node = settled(node, OF_STRING);
    if (text == NULL || node == NULL) {
        return 0;
    }
    Entry *entry = lookup(&node->listed, (const uint8_t *)text, (size_t)size);
    return entry != NULL && entry->value == value && write_text(w, text, size);
}

/* Members of enums, and objects where the tables expect some. */
static NOINLINE int write_other(Writer *w, const Node *node, PyObject *value)
{
    if (node == NULL) {
        return 0;
    }
    if (PyUnicode_Check(value)) {
        return write_member(w, node, value);
    }
    node = settled(node, OF_OBJECT);
    if (node == NULL || node->object < OBJECT_OF_CLASS) {
        return 0;
    }
    Class *cls = node->recent;
    if (cls == NULL || cls->type != Py_TYPE(value)) {
        cls = class_of_object(w->codec, value);
        ((Node *)node)->recent = cls;
    }
    return cls != NULL && write_object(w, cls, value);
}

static int write_value(Writer *w, const Node *node, PyObject *value)
{
    if (LIKELY(PyUnicode_CheckExact(value))) {
        return write_string(w, value);
    }
    if (value == Py_None) {
        return put_text(w, "null", 4);
    }
    if (PyBool_Check(value)) {
        return value == Py_True ? put_text(w, "true", 4) : put_text(w, "false", 5);
    }
    if (PyLong_CheckExact(value)) {
        return write_integer(w, value);
    }
    if (PyFloat_CheckExact(value)) {
        return write_float(w, value);
    }
    int ok = 0;
    if (++w->depth <= MAX_DEPTH) {
        ok = PyList_CheckExact(value)   ? write_list(w, node, value)
             : PyDict_CheckExact(value) ? write_dict(w, node, value)
                                        : write_other(w, node, value);
    }
    w->depth--;
    return ok;
}

/* The text of an event, NULL where Python has to write it. */
PyObject *encode_event(Codec *codec, Class *cls, PyObject *event)
{
    Writer w;
    w.codec = codec;
    w.depth = 0;
    PyObject *beside = *(PyObject **)((char *)event + cls->bytes_offset);
    if (beside != NULL) {
        return NULL; /* Perhaps the frame that it came in. */
    }
    w.start = w.p = w.small;
    w.end = w.small + SMALL;
    PyObject *text = NULL;
    if (write_object(&w, cls, event)) {
        text = PyBytes_FromStringAndSize(w.start, w.p - w.start);
    }
    if (w.start != w.small) {
        PyMem_Free(w.start);
    }
    return text;
}
