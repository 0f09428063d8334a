/* Tables of texts: hashing and looking up. */
#ifndef WIREWRIGHT_TABLES_H
#define WIREWRIGHT_TABLES_H

#include "codec.h"

INLINE uint64_t load(const uint8_t *p, size_t size)
{
    uint64_t word = 0;
    memcpy(&word, p, size);
    return word;
}

/* Whether two texts of one size are the same; names are too short for a call. */
INLINE int is_same(const uint8_t *a, const char *b, size_t size)
{
    const uint8_t *other = (const uint8_t *)b;
    if (size >= 8) {
        size_t at = 0;
        for (; at + 8 < size; at += 8) {
            if (load(a + at, 8) != load(other + at, 8)) {
                return 0;
            }
        }
        return load(a + size - 8, 8) == load(other + size - 8, 8);
    }
    if (size >= 4) {
        return load(a, 4) == load(other, 4) &&
               load(a + size - 4, 4) == load(other + size - 4, 4);
    }
    for (size_t i = 0; i < size; i++) {
        if (a[i] != other[i]) {
            return 0;
        }
    }
    return 1;
}

/* Of the size, the first and the last characters, and some in the middle: enough for
   names, of which a table has a few dozen. */
INLINE uint64_t hash_of(const uint8_t *text, size_t size)
{
    uint64_t hash = size * 0x9e3779b97f4a7c15ull;
    if (size >= 8) {
        hash ^= load(text, 8);
        hash *= 0xff51afd7ed558ccdull;
        hash ^= load(text + (size - 8) / 2, 8);
        hash *= 0xc4ceb9fe1a85ec53ull;
        hash ^= hash >> 32;
        hash ^= load(text + size - 8, 8);
    } else if (size >= 4) {
        hash ^= load(text, 4) | load(text + size - 4, 4) << 32;
    } else {
        for (size_t i = 0; i < size; i++) {
            hash ^= (uint64_t)text[i] << (8 * i);
        }
    }
    hash *= 0xff51afd7ed558ccdull;
    return hash ^ hash >> 29;
}

/* What tables are made with, see tables.c. */
void *allocate(Codec *codec, size_t size);
void *allocate_lines(Codec *codec, size_t size);
PyObject *kept(Codec *codec, PyObject *object);
char *put_quoted(char *to, const char *text, Py_ssize_t size);
int make_table(Codec *codec, Table *table, size_t count);
Entry *add(Codec *codec, Table *table, PyObject *wire, PyObject *value);
PyObject *part(PyObject *dict, const char *name);
int is_set(PyObject *dict, const char *name);
int size_in(PyObject *dict, const char *name, Py_ssize_t *size);
int wrong(const char *what);
int string_of(Codec *codec, Node *node, PyObject *spec);
int number_of(Codec *codec, Node *node, PyObject *spec, uint8_t kind);
int make_written(Codec *codec, WrittenTable *table, size_t count);
int add_written(Codec *codec, WrittenTable *table, PyObject *object, const char *text,
                int size);

INLINE size_t place_of_pointer(const void *pointer)
{
    return ((uintptr_t)pointer >> 4) * 0x9e3779b1u >> 8;
}

INLINE size_t place_of_object(const WrittenTable *table, const PyObject *object)
{
    return place_of_pointer(object) & table->mask;
}

/* How an object is written, or NULL. */
INLINE const Written *find_written(const WrittenTable *table, const PyObject *object)
{
    for (size_t at = place_of_object(table, object);; at = (at + 1) & table->mask) {
        const Written *found = &table->texts[at];
        if (found->object == object) {
            return found;
        }
        if (found->object == NULL) {
            return NULL;
        }
    }
}

/* The entry of a text, or NULL. */
INLINE Entry *lookup(const Table *table, const uint8_t *text, size_t size)
{
    if (table->entries == NULL) {
        return NULL;
    }
    uint64_t hash = hash_of(text, size);
    for (size_t at = hash & table->mask;; at = (at + 1) & table->mask) {
        Entry *entry = &table->entries[at];
        if (entry->text == NULL) {
            return NULL;
        }
        if (entry->hash == hash && (size_t)entry->size == size &&
            is_same(text, entry->text, size)) {
            return entry;
        }
    }
}

#endif
