#include "tables.h"

/* The fastest way to make a `str` is to cut it out of another. A frame that is no `str`,
   or has other characters than ASCII, is copied to one that nobody else has ever seen:
   the board, of which only such parts are read that are ASCII. One frame at a time has
   it, for functions of Python may decode others. What is longer is left where it is. */
#define BOARD 16384
#define HIGH_BITS 0x8080808080808080ull

int make_board(Codec *codec)
{
    char blank[BOARD];
    Py_ssize_t size;
    memset(blank, ' ', sizeof(blank));
    codec->board = PyUnicode_DecodeUTF8(blank, sizeof(blank), NULL);
    codec->board_text = codec->board == NULL
                            ? NULL
                            : (char *)PyUnicode_AsUTF8AndSize(codec->board, &size);
    return codec->board_text == NULL ? -1 : 0;
}

/* Whether one of so many characters is none of ASCII. */
#ifdef WIREWRIGHT_X86
#define WIDTH 32
INLINE int has_mixed(const uint8_t *p)
{
    const __m128i *at = (const __m128i *)p;
    return _mm_movemask_epi8(_mm_or_si128(_mm_loadu_si128(at), _mm_loadu_si128(at + 1)));
}
#elif defined(WIREWRIGHT_VECTORS)
#define WIDTH 32
INLINE int has_mixed(const uint8_t *p)
{
    return has_any((vector_at(p) | vector_at(p + 16)) & 0x80);
}
#else
#define WIDTH 8
INLINE int has_mixed(const uint8_t *p) { return (load(p, 8) & HIGH_BITS) != 0; }
#endif

/* The first character that is none of ASCII, of a text that has one. */
static const uint8_t *first_mixed(const uint8_t *p, const uint8_t *end)
{
    for (; end - p >= WIDTH && !has_mixed(p); p += WIDTH) {
    }
    for (; p < end && *p < 0x80; p++) {
    }
    return p;
}

/* What is behind the last one. */
static const uint8_t *last_mixed(const uint8_t *p, const uint8_t *end)
{
    for (; end - p >= WIDTH && !has_mixed(end - WIDTH); end -= WIDTH) {
    }
    for (; p < end && end[-1] < 0x80; end--) {
    }
    return end;
}

void take_board(Frame *f)
{
    Codec *codec = f->codec;
    size_t size = (size_t)(f->end - f->start);
    if (size >= LEAST_SCANNED && size <= BOARD && !codec->is_board_used) {
        if (!codec->copy(codec->board_text, f->start, size)) {
            f->mixed = first_mixed(f->start, f->end);
            f->mixed_end = last_mixed(f->start, f->end);
        }
        codec->is_board_used = f->has_board = 1;
        f->source = codec->board;
    }
}

/* Whether all characters are ASCII. */
INLINE int is_ascii(const uint8_t *p, const uint8_t *end)
{
    uint64_t all = 0;
    if (end - p >= 8) {
        for (; end - p > 8; p += 8) {
            all |= load(p, 8);
        }
        all |= load(end - 8, 8);
    } else {
        for (; p < end; p++) {
            all |= *p;
        }
    }
    return !(all & HIGH_BITS);
}

/* A long text of ASCII characters, copied into a `str` that is just being made; None if
   there are others. */
#define LONG_TEXT 1024

static NOINLINE PyObject *copied(copy_fn copy, const uint8_t *from, Py_ssize_t size)
{
    PyObject *text = PyUnicode_DecodeUTF8("  ", 2, NULL);
    Py_ssize_t room;
    if (text == NULL || PyUnicode_Resize(&text, size)) {
        Py_XDECREF(text);
        return NULL;
    }
    char *to = (char *)PyUnicode_AsUTF8AndSize(text, &room);
    if (to == NULL || !copy(to, from, (size_t)size)) {
        Py_DECREF(text);
        return to == NULL ? NULL : Py_NewRef(Py_None);
    }
    return text;
}

/* A text without escapes. */
PyObject *text_of(Frame *f, const uint8_t *from, const uint8_t *to)
{
    if (LIKELY(f->source != NULL) &&
        (to <= f->mixed || from >= f->mixed_end || is_ascii(from, to))) {
        return PyUnicode_Substring(f->source, from - f->start, to - f->start);
    }
    if (to - from >= LONG_TEXT && is_ascii(from, from + 64)) {
        PyObject *text = copied(f->codec->copy, from, to - from);
        if (text != Py_None) {
            return text;
        }
        Py_DECREF(text);
    }
    return PyUnicode_DecodeUTF8((const char *)from, to - from, NULL);
}

static int hex_of(uint8_t c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number that four hexadecimal digits stand for, -1 for anything else. */
static int32_t unit_of(const uint8_t *p, const uint8_t *end)
{
    int32_t unit = 0;
    if (end - p < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        int digit = hex_of(p[i]);
        if (digit < 0) {
            return -1;
        }
        unit = unit << 4 | digit;
    }
    return unit;
}

static char *put(char *out, uint32_t c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xc0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        *out++ = (char)(0xe0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3f));
        *out++ = (char)(0x80 | (c & 0x3f));
    } else {
        *out++ = (char)(0xf0 | c >> 18);
        *out++ = (char)(0x80 | (c >> 12 & 0x3f));
        *out++ = (char)(0x80 | (c >> 6 & 0x3f));
        *out++ = (char)(0x80 | (c & 0x3f));
    }
    return out;
}

/* What an escape stands for, written to `out`; `p` stands behind the backslash. NULL
   for half of a surrogate pair, and for what is no escape. */
static const uint8_t *unescape(const uint8_t *p, const uint8_t *end, char **out)
{
    static const char values[256] = {
        ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
        ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
    };
    if (p >= end) {
        return NULL;
    }
    if (LIKELY(values[*p])) {
        *(*out)++ = values[*p];
        return p + 1;
    }
    int32_t unit = *p == 'u' ? unit_of(p + 1, end) : -1;
    if (unit < 0 || (unit >= 0xdc00 && unit < 0xe000)) {
        return NULL;
    }
    p += 5;
    if (unit >= 0xd800 && unit < 0xdc00) {
        if (end - p < 6 || p[0] != '\\' || p[1] != 'u') {
            return NULL;
        }
        int32_t low = unit_of(p + 2, end);
        if (low < 0xdc00 || low > 0xdfff) {
            return NULL;
        }
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        p += 6;
    }
    *out = put(*out, (uint32_t)unit);
    return p;
}

/* Where a text with escapes is put together. */
typedef struct {
    char *start, *out, *end;
    char small[512];
} Buffer;

static int enlarge(Buffer *buffer, size_t room)
{
    size_t used = (size_t)(buffer->out - buffer->start), size = 2 * used + room;
    char *old = buffer->start == buffer->small ? NULL : buffer->start;
    char *start = PyMem_Realloc(old, size);
    if (start == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    if (old == NULL) {
        memcpy(start, buffer->small, used);
    }
    buffer->start = start;
    buffer->out = start + used;
    buffer->end = start + size;
    return 1;
}

/* Read to the closing quotation mark: where that is, or NULL. An escape stands for four
   bytes at most. */
static const uint8_t *put_together(Frame *f, Buffer *buffer, const uint8_t *slash)
{
    const uint8_t *p = f->p, *next = slash;
    while (1) {
        size_t size = (size_t)(next - p);
        if (UNLIKELY((size_t)(buffer->end - buffer->out) < size + 4) &&
            !enlarge(buffer, size + 4)) {
            return NULL;
        }
        memcpy(buffer->out, p, size);
        buffer->out += size;
        if (next >= f->end || *next != '\\') {
            return next < f->end && *next == '"' ? next : NULL;
        }
        p = unescape(next + 1, f->end, &buffer->out);
        if (p == NULL) {
            return NULL;
        }
        next = scan(f->scan, p, f->end);
    }
}

/* A text with escapes, the first of which is at `slash`. */
static NOINLINE PyObject *read_escaped(Frame *f, const uint8_t *slash)
{
    Buffer buffer;
    buffer.start = buffer.out = buffer.small;
    buffer.end = buffer.small + sizeof(buffer.small);
    const uint8_t *to = put_together(f, &buffer, slash);
    PyObject *text = NULL;
    if (to != NULL) {
        text = PyUnicode_DecodeUTF8(buffer.start, buffer.out - buffer.start, NULL);
        f->p = to + 1;
    }
    if (buffer.start != buffer.small) {
        PyMem_Free(buffer.start);
    }
    return text;
}

PyObject *read_string(Frame *f)
{
    const uint8_t *from = f->p, *to = scan(f->scan, from, f->end);
    if (UNLIKELY(to >= f->end)) {
        return NULL;
    }
    if (LIKELY(*to == '"')) {
        f->p = to + 1;
        return text_of(f, from, to);
    }
    return *to == '\\' ? read_escaped(f, to) : NULL;
}

/* The name of a property: the very `str` that it was the last time, if that is known. */
PyObject *read_name(Frame *f)
{
    const uint8_t *from = f->p, *to = scan(f->scan, from, f->end);
    Py_ssize_t size = to - from;
    if (to >= f->end || *to != '"' || size == 0 || size > LONGEST_NAME) {
        return read_string(f);
    }
    Cached *cached = &f->codec->names[hash_of(from, (size_t)size) % NAMES];
    f->p = to + 1;
    if (cached->name != NULL && cached->size == size &&
        is_same(from, cached->text, (size_t)size)) {
        return Py_NewRef(cached->name);
    }
    PyObject *name = text_of(f, from, to), *before = cached->name;
    if (name != NULL) {
        cached->name = Py_NewRef(name);
        cached->size = (uint8_t)size;
        memcpy(cached->text, from, (size_t)size);
        Py_XDECREF(before);
    }
    return name;
}
