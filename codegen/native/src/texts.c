/* What is known of texts: lists of them, enums, and how they are tested. */
#include "tables.h"

int make_table(Codec *codec, Table *table, size_t count)
{
    size_t size = 4;
    while (size < count * 2) {
        size *= 2;
    }
    table->entries = allocate(codec, size * sizeof(Entry));
    table->mask = size - 1;
    return table->entries == NULL ? -1 : 0;
}

/* Add a text; its first meaning stays. */
Entry *add(Codec *codec, Table *table, PyObject *wire, PyObject *value)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(wire, &size);
    if (text == NULL || PyList_Append(codec->keep, wire) ||
        (value != NULL && PyList_Append(codec->keep, value))) {
        return NULL;
    }
    uint64_t hash = hash_of((const uint8_t *)text, (size_t)size);
    size_t at = hash & table->mask;
    while (table->entries[at].text != NULL) {
        Entry *entry = &table->entries[at];
        if (entry->hash == hash && entry->size == size &&
            memcmp(entry->text, text, (size_t)size) == 0) {
            return entry;
        }
        at = (at + 1) & table->mask;
    }
    table->entries[at] = (Entry){text, size, hash, value, wire, NULL};
    return &table->entries[at];
}

/* Add the members of an enum, each by its value. */
static int add_members(Codec *codec, Table *table, PyObject *members)
{
    Py_ssize_t count = PyList_Size(members);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *member = PyList_GetItem(members, i);
        PyObject *text = PyObject_GetAttrString(member, "value");
        if (text == NULL) {
            return -1;
        }
        int ok = PyUnicode_CheckExact(text) && add(codec, table, text, member) != NULL;
        Py_DECREF(text);
        if (!ok) {
            return PyErr_Occurred() ? -1 : wrong("members");
        }
    }
    return 0;
}

/* The members of all enums with these names, in their order, as a list. */
static PyObject *members_of(Codec *codec, PyObject *names)
{
    PyObject *found = PyList_New(0);
    Py_ssize_t count = PyTuple_Size(names);
    for (Py_ssize_t i = 0; found != NULL && i < count; i++) {
        PyObject *name = PyTuple_GetItem(names, i);
        PyObject *cls = PyObject_CallFunctionObjArgs(codec->find_class, name, NULL);
        PyObject *members = cls == NULL ? NULL : PySequence_List(cls);
        Py_ssize_t end = PyList_Size(found);
        int failed = members == NULL || PyList_SetSlice(found, end, end, members);
        Py_XDECREF(cls);
        Py_XDECREF(members);
        if (failed) {
            Py_CLEAR(found);
        }
    }
    return found;
}

static int read_members(Codec *codec, Table *table, PyObject *names)
{
    PyObject *members = members_of(codec, names);
    int failed = members == NULL ||
                 make_table(codec, table, (size_t)PyList_Size(members)) ||
                 add_members(codec, table, members);
    Py_XDECREF(members);
    return failed ? -1 : 0;
}

static int read_texts(Codec *codec, Table *table, PyObject *texts)
{
    Py_ssize_t count = PyTuple_Size(texts);
    if (count < 0 || make_table(codec, table, (size_t)count)) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *text = PyTuple_GetItem(texts, i);
        if (add(codec, table, text, text) == NULL) {
            return -1;
        }
    }
    return 0;
}

/* Write a text with quotation marks; its end, or NULL if there are several ways to. */
char *put_quoted(char *to, const char *text, Py_ssize_t size)
{
    *to++ = '"';
    for (Py_ssize_t i = 0; i < size; i++) {
        uint8_t c = (uint8_t)text[i];
        if (c < 0x20) {
            return NULL;
        }
        if (c == '"' || c == '\\') {
            *to++ = '\\';
        }
        *to++ = (char)c;
    }
    *to++ = '"';
    return to;
}

int make_written(Codec *codec, WrittenTable *table, size_t count)
{
    size_t size = 4;
    while (size < count * 2) {
        size *= 2;
    }
    table->texts = allocate(codec, size * sizeof(Written));
    table->mask = size - 1;
    return table->texts == NULL ? -1 : 0;
}

static void put_written(WrittenTable *table, Written written)
{
    size_t place = place_of_object(table, written.object);
    while (table->texts[place].object != NULL) {
        place = (place + 1) & table->mask;
    }
    table->texts[place] = written;
}

/* Say how an object is written. */
int add_written(Codec *codec, WrittenTable *table, PyObject *object, const char *text,
                int size)
{
    char *own = allocate(codec, (size_t)size + 32); /* Some is copied with it. */
    if (own == NULL) {
        return -1;
    }
    memcpy(own, text, (size_t)size);
    put_written(table, (Written){object, own, size});
    return 0;
}

/* Prepare how the objects of a table are written. */
static int prepare_written(Codec *codec, Node *node)
{
    const Table *from = &node->listed;
    WrittenTable *table = &node->written;
    size_t room = 32; /* of which some is copied with the last text */
    for (size_t at = 0; at <= from->mask; at++) {
        const Entry *entry = &from->entries[at];
        room += entry->text == NULL ? 0 : (size_t)entry->size * 2 + 2;
    }
    char *to = allocate(codec, room);
    table->mask = from->mask;
    table->texts = allocate(codec, (from->mask + 1) * sizeof(Written));
    if (to == NULL || table->texts == NULL) {
        return -1;
    }
    for (size_t at = 0; at <= from->mask; at++) {
        const Entry *entry = &from->entries[at];
        char *end = entry->text == NULL ? NULL : put_quoted(to, entry->text, entry->size);
        if (end != NULL) {
            put_written(table, (Written){entry->value, to, end - to});
            to = end;
        }
    }
    return 0;
}

static void note_only(Table *table, Node *node)
{
    int count = 0;
    for (size_t at = 0; at <= table->mask && table->entries != NULL; at++) {
        if (table->entries[at].text != NULL) {
            node->only = count++ == 0 ? &table->entries[at] : NULL;
        }
    }
}

/* What a pattern or format is tested with: a function, by its name and what it is of. */
PyObject *test_of(Codec *codec, PyObject *test)
{
    if (!PyTuple_Check(test)) {
        wrong("a test");
        return NULL;
    }
    return kept(codec, PyObject_CallObject(codec->find_test, test));
}

static int tests_of(Codec *codec, Node *node, PyObject *tests)
{
    Py_ssize_t count = tests == NULL ? 0 : PyTuple_Size(tests);
    if (count < 0) {
        return -1;
    }
    node->tests = allocate(codec, (size_t)count * sizeof(PyObject *));
    for (Py_ssize_t i = 0; node->tests != NULL && i < count; i++) {
        PyObject *found = test_of(codec, PyTuple_GetItem(tests, i));
        if (found == NULL) {
            return -1;
        }
        node->tests[node->tests_count++] = found;
    }
    return node->tests == NULL ? -1 : 0;
}

int string_of(Codec *codec, Node *node, PyObject *spec)
{
    node->string = ANY_STRING;
    node->longest = PY_SSIZE_T_MAX;
    PyObject *texts = part(spec, "values"), *name = part(spec, "enum");
    PyObject *open = part(spec, "open");
    if (size_in(spec, "least", &node->shortest) ||
        size_in(spec, "most", &node->longest) ||
        tests_of(codec, node, part(spec, "tests"))) {
        return -1;
    }
    PyObject *typed = part(spec, "typed");
    if (typed != NULL && (node->form = test_of(codec, typed)) == NULL) {
        return -1;
    }
    node->is_limited = node->tests_count > 0 || node->shortest > 0 ||
                       node->longest != PY_SSIZE_T_MAX;
    if (texts != NULL) {
        node->string = LISTED_STRING;
        int failed = read_texts(codec, &node->listed, texts);
        note_only(&node->listed, node);
        node->last_listed = node->only;
        return failed ? -1 : prepare_written(codec, node);
    }
    if (open != NULL) {
        node->string = OPEN_STRING;
        return read_members(codec, &node->listed, open) ? -1
                                                        : prepare_written(codec, node);
    }
    if (name != NULL) {
        node->string = LISTED_STRING;
        PyObject *names = PyTuple_Pack(1, name);
        int failed = names == NULL || read_members(codec, &node->listed, names);
        Py_XDECREF(names);
        return failed ? -1 : prepare_written(codec, node);
    }
    node->is_plain = !node->is_limited && node->form == NULL;
    return 0;
}
