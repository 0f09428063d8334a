/* Writing JSON: characters, texts and numbers, into memory that grows.

   All of these are given where to write and return where they have ended, or NULL where
   Python has to write it; then an exception may be set, or not. Passing the place on
   keeps it in a register. */
#ifndef WIREWRIGHT_WRITE_H
#define WIREWRIGHT_WRITE_H

#include <assert.h>

#include "tables.h"

#define SMALL 4096

/* A long text that is written as it is: held until all is known, and copied then, once. */
typedef struct {
    PyObject *value;
    const char *text;
    Py_ssize_t size, at;  /* how much is written before it, without others */
} Long;

#define LONGS 8

typedef struct {
    char *start, *end;
    Codec *codec;
    PyObject *unknown;    /* a type that has to be looked for before all is written */
    int depth;
    int longs_count;
    Long longs[LONGS];
    char small[SMALL];    /* where it begins, until that is full */
} Writer;

/* Wherever something is written there is room for so many characters. Of these a value
   leaves one for each level that may end with it: a bracket takes the place of a comma. */
#define ROOM (64 + MAX_DEPTH)

/* write.c */
char *grow(Writer *w, char *p, Py_ssize_t room);
char *write_long(Writer *w, char *p, PyObject *value);
char *put_escaped(char *p, const uint8_t *text, const uint8_t *end);
char *write_integer(char *p, PyObject *value);
char *write_float(char *p, PyObject *value);

INLINE char *with_room(Writer *w, char *p, Py_ssize_t size)
{
    assert(p <= w->end);
    return LIKELY(w->end - p >= size + ROOM) ? p : grow(w, p, size + ROOM);
}

/* A short text that is not the last in its memory: whole words are copied, of which
   only the beginning is kept. */
#define SLACK 32

INLINE char *put_short(Writer *w, char *p, const char *text, Py_ssize_t size)
{
    p = with_room(w, p, size);
    if (UNLIKELY(p == NULL)) {
        return NULL;
    }
    memcpy(p, text, SLACK);
    if (UNLIKELY(size > SLACK)) {
        memcpy(p + SLACK, text + SLACK, (size_t)size - SLACK);
    }
    return p + size;
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

/* Write a text of less than 32 characters, if it is written as it is. */
INLINE int put_plain(char *to, const uint8_t *p, size_t size)
{
    if (size >= 16) {
#ifdef WIREWRIGHT_SIXTEEN
        memcpy(to, p, 16);
        memcpy(to + size - 16, p + size - 16, 16);
        return !(has_special_16(p) | has_special_16(p + size - 16));
#else
        return 0;
#endif
    }
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

#define LONG_TEXT 512

INLINE char *write_string(Writer *w, char *p, PyObject *value)
{
    Py_ssize_t size;
    const uint8_t *text = (const uint8_t *)PyUnicode_AsUTF8AndSize(value, &size);
    if (UNLIKELY(text == NULL)) {
        return NULL;
    }
    if (UNLIKELY(size > LONG_TEXT)) {
        return write_long(w, p, value);
    }
    if (LIKELY(size < 32 && put_plain(p + 1, text, (size_t)size))) {
        *p = '"';
        p += size + 1;
    } else {
        p = with_room(w, p, 2 * size);
        if (UNLIKELY(p == NULL)) {
            return NULL;
        }
        *p++ = '"';
        p = put_escaped(p, text, text + size);
        if (UNLIKELY(p == NULL)) {
            return NULL;
        }
    }
    *p++ = '"';
    return p;
}

#endif
