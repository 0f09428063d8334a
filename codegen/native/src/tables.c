/* Tables as Python data become structures. Whatever is wrong with them raises, and the
   package is decoded by Python. */
#include "tables.h"

#include <stdlib.h>

struct Block {
    Block *next;
};

/* Zeroed memory that lives as long as the codec. */
void *allocate(Codec *codec, size_t size)
{
    Block *block = PyMem_Calloc(1, sizeof(Block) + 8 + size);
    if (block == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    block->next = codec->blocks;
    codec->blocks = block;
    return (char *)block + sizeof(Block) + (16 - sizeof(Block) % 16) % 16;
}

void free_blocks(Codec *codec)
{
    for (int i = 0; codec->names != NULL && i < NAMES; i++) {
        Py_CLEAR(codec->names[i].name);
    }
    PyMem_Free(codec->names);
    codec->names = NULL;
    while (codec->blocks != NULL) {
        Block *next = codec->blocks->next;
        PyMem_Free(codec->blocks);
        codec->blocks = next;
    }
}

/* An object that tables refer to from now on; NULL stays NULL. Steals. */
PyObject *kept(Codec *codec, PyObject *object)
{
    if (object == NULL) {
        return NULL;
    }
    int failed = PyList_Append(codec->keep, object);
    Py_DECREF(object);
    return failed ? NULL : object;
}

/* The entry of a dict, borrowed; NULL, without an exception, if there is none. */
PyObject *part(PyObject *dict, const char *name)
{
    return PyDict_GetItemString(dict, name);
}

int is_set(PyObject *dict, const char *name)
{
    PyObject *found = part(dict, name);
    return found != NULL && found == Py_True;
}

int size_in(PyObject *dict, const char *name, Py_ssize_t *size)
{
    PyObject *found = part(dict, name);
    if (found == NULL) {
        return 0;
    }
    *size = PyLong_AsSsize_t(found);
    return *size == -1 && PyErr_Occurred() ? -1 : 0;
}

static int limit_in(PyObject *dict, const char *name, double *limit)
{
    PyObject *found = part(dict, name);
    if (found == NULL) {
        return 0;
    }
    *limit = PyFloat_AsDouble(found);
    return *limit == -1.0 && PyErr_Occurred() ? -1 : 1;
}

static int wrong(const char *what)
{
    PyErr_Format(PyExc_ValueError, "tables of another kind: %s", what);
    return -1;
}

/* --- texts ------------------------------------------------------------------------- */

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
            size_t place = place_of_object(table, entry->value);
            while (table->texts[place].object != NULL) {
                place = (place + 1) & table->mask;
            }
            table->texts[place] = (Written){entry->value, to, end - to};
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

/* What patterns and formats are tested with: functions, by their names and what they
   are of. */
static int tests_of(Codec *codec, Node *node, PyObject *tests)
{
    Py_ssize_t count = tests == NULL ? 0 : PyTuple_Size(tests);
    if (count < 0) {
        return -1;
    }
    node->tests = allocate(codec, (size_t)count * sizeof(PyObject *));
    for (Py_ssize_t i = 0; node->tests != NULL && i < count; i++) {
        PyObject *test = PyTuple_GetItem(tests, i);
        PyObject *found = kept(codec, PyObject_CallObject(codec->find_test, test));
        if (found == NULL) {
            return -1;
        }
        node->tests[node->tests_count++] = found;
    }
    return node->tests == NULL ? -1 : 0;
}

static int string_of(Codec *codec, Node *node, PyObject *spec)
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

    if (texts != NULL) {
        node->string = LISTED_STRING;
        int failed = read_texts(codec, &node->listed, texts);
        note_only(&node->listed, node);
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
    node->is_plain = node->tests_count == 0 && node->shortest == 0 &&
                     node->longest == PY_SSIZE_T_MAX;
    return 0;
}

/* --- numbers, arrays and objects --------------------------------------------------- */

static int number_of(Codec *codec, Node *node, PyObject *spec, uint8_t kind)
{
    int low, high, above, below;
    double limit = 0;
    node->number = kind;
    if ((low = limit_in(spec, "minimum", &node->low)) < 0 ||
        (high = limit_in(spec, "maximum", &node->high)) < 0 ||
        (above = limit_in(spec, "above", &limit)) < 0) {
        return -1;
    }
    if (above && (!low || limit >= node->low)) {
        node->low = limit;
        node->is_above = 1;
    }
    if ((below = limit_in(spec, "below", &limit)) < 0) {
        return -1;
    }
    if (below && (!high || limit <= node->high)) {
        node->high = limit;
        node->is_below = 1;
    }
    node->has_low = low || above;
    node->has_high = high || below;
    PyObject *values = part(spec, "values"), *multiple = part(spec, "multiple");
    if (multiple != NULL) {
        node->divisor = (uint32_t)PyLong_AsUnsignedLong(PyTuple_GetItem(multiple, 0));
        node->divided = (uint32_t)PyLong_AsUnsignedLong(PyTuple_GetItem(multiple, 1));
        if (PyErr_Occurred() || !node->divisor || !node->divided) {
            return wrong("a multiple");
        }
    }
    if (values != NULL) {
        Py_ssize_t count = PyTuple_Size(values);
        if (count <= 0 || count > 1000) {
            return wrong("numbers");
        }
        node->numbers = allocate(codec, (size_t)count * sizeof(int64_t));
        if (node->numbers == NULL) {
            return -1;
        }
        for (Py_ssize_t i = 0; i < count; i++) {
            node->numbers[i] = PyLong_AsLongLong(PyTuple_GetItem(values, i));
        }
        node->numbers_count = (int)count;
    }
    return PyErr_Occurred() ? -1 : 0;
}

/* Several nodes in a tuple. */
static Node **nodes_of(Codec *codec, PyObject *specs, int *count)
{
    Py_ssize_t size = PyTuple_Size(specs);
    if (size <= 0 || size > 1000) {
        wrong("nodes");
        return NULL;
    }
    Node **nodes = allocate(codec, (size_t)size * sizeof(Node *));
    for (Py_ssize_t i = 0; nodes != NULL && i < size; i++) {
        nodes[i] = node_of(codec, PyTuple_GetItem(specs, i));
        if (nodes[i] == NULL) {
            return NULL;
        }
    }
    *count = (int)size;
    return nodes;
}

static int array_of(Codec *codec, Node *node, PyObject *spec)
{
    PyObject *items = part(spec, "items"), *prefix = part(spec, "prefix");
    node->array = items == NULL && prefix == NULL ? ANY_ARRAY : ARRAY_OF;
    node->is_tuple = (uint8_t)is_set(spec, "tuple");
    node->has_end = (uint8_t)is_set(spec, "closed");
    node->most_items = PY_SSIZE_T_MAX;
    node->unique = (uint8_t)is_set(spec, "unique");
    node->turns = (uint8_t)is_set(spec, "turns");
    if (size_in(spec, "least", &node->fewest_items) ||
        size_in(spec, "most", &node->most_items)) {
        return -1;
    }
    if (prefix != NULL) {
        node->prefix = nodes_of(codec, prefix, &node->prefix_count);
        if (node->prefix == NULL) {
            return -1;
        }
    }
    if (items != NULL) {
        node->items = node_of(codec, items);
        return node->items == NULL ? -1 : 0;
    }
    return prefix == NULL || node->has_end ? 0 : wrong("a tuple");
}

/* A union that only trying decides. */
static int branches_of(Codec *codec, Node *node, PyObject *spec)
{
    node->is_exclusive = (uint8_t)is_set(spec, "exclusive");
    node->is_special = 1;
    node->branches = nodes_of(codec, part(spec, "tried"), &node->branches_count);
    return node->branches == NULL ? -1 : 0;
}

Class *class_of(Codec *codec, PyObject *name)
{
    PyObject *known = PyDict_GetItemWithError(codec->known_classes, name);
    if (known != NULL) {
        return PyLong_AsVoidPtr(known);
    }
    PyObject *spec = PyDict_GetItemWithError(codec->classes, name);
    Class *cls = spec == NULL ? NULL : allocate(codec, sizeof(Class));
    if (cls == NULL) {
        PyErr_Occurred() ? 0 : wrong("a class");
        return NULL;
    }
    cls->name = name;
    cls->spec = spec;
    PyObject *pointer = PyLong_FromVoidPtr(cls);
    int failed = pointer == NULL || PyDict_SetItem(codec->known_classes, name, pointer);
    Py_XDECREF(pointer);
    return failed ? NULL : cls;
}

static int cases_of(Codec *codec, Node *node, PyObject *tag, PyObject *cases)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    node->tag = tag;
    node->tag_text = PyUnicode_AsUTF8AndSize(tag, &node->tag_size);
    if (node->tag_text == NULL || cases == NULL ||
        make_table(codec, &node->cases, (size_t)PyDict_Size(cases))) {
        return -1;
    }
    while (PyDict_Next(cases, &at, &key, &value)) {
        Entry *entry = add(codec, &node->cases, key, NULL);
        if (entry == NULL || (entry->more = node_of(codec, value)) == NULL) {
            return -1;
        }
    }
    return 0;
}

static int object_of(Codec *codec, Node *node, PyObject *spec)
{
    PyObject *name = part(spec, "class"), *tag = part(spec, "tag");
    PyObject *values = part(spec, "values");
    if (name != NULL) {
        node->object = OBJECT_OF_CLASS;
        node->cls = class_of(codec, name);
        return node->cls == NULL ? -1 : 0;
    }
    if (tag != NULL) {
        node->object = TAGGED_OBJECT;
        return cases_of(codec, node, tag, part(spec, "cases"));
    }
    node->object = ANY_OBJECT;
    node->most = PY_SSIZE_T_MAX;
    if (size_in(spec, "least", &node->fewest) || size_in(spec, "most", &node->most)) {
        return -1;
    }
    if (PyDict_Size(spec) > 0) {
        node->object = MAP_OF;
        node->turns = (uint8_t)is_set(spec, "turns");
    }
    if (values != NULL) {
        node->values = node_of(codec, values);
        return node->values == NULL ? -1 : 0;
    }
    return 0;
}

/* --- nodes ------------------------------------------------------------------------- */

static int python_of(Codec *codec, Node *node, PyObject *name)
{
    node->python_name = name;
    node->is_special = 1;
    node->python = kept(codec, PyObject_CallFunctionObjArgs(codec->find_decoder, name,
                                                            NULL));
    return node->python == NULL ? -1 : 0;
}

/* What a function has to say of, once it is read. */
static int valid_of(Codec *codec, Node *node, PyObject *spec)
{
    PyObject *inner = part(spec, "node");
    node->is_special = 1;
    node->valid = kept(codec, PyObject_CallFunctionObjArgs(codec->find_decoder,
                                                           part(spec, "valid"), NULL));
    if (node->valid != NULL && inner != NULL) {
        node->asked = node_of(codec, inner);
        return node->asked == NULL ? -1 : 0;
    }
    return node->valid == NULL ? -1 : 0;
}

static int anything(Node *node)
{
    node->null = node->boolean = 1;
    node->number = ANY_NUMBER;
    node->string = ANY_STRING;
    node->longest = node->most_items = PY_SSIZE_T_MAX;
    node->array = ANY_ARRAY;
    node->object = ANY_OBJECT;
    return 0;
}

static int type_of(Codec *codec, Node *node, const char *type, PyObject *spec)
{
    static const char *const types[] = {"null", "boolean", "number", "string", "array",
                                        "object"};
    int is_integer = strcmp(type, "integer") == 0, index = 0;
    while (!is_integer && strcmp(type, types[index]) != 0) {
        if (++index > OF_OBJECT) {
            return wrong(type);
        }
    }
    index = is_integer ? OF_NUMBER : index;
    if (spec == Py_True) {
        *(index == OF_NULL ? &node->null : &node->boolean) = 1;
        return index <= OF_BOOLEAN ? 0 : wrong(type);
    }
    if (!PyDict_Check(spec)) {
        return wrong(type);
    }
    if (part(spec, "ref") != NULL || part(spec, "python") != NULL ||
        part(spec, "tried") != NULL || part(spec, "valid") != NULL) {
        node->follow[index] = node_of(codec, spec);
        return node->follow[index] == NULL ? -1 : 0;
    }
    switch (index) {
    case OF_NUMBER:
        return number_of(codec, node, spec, is_integer ? INTEGER : ANY_NUMBER);
    case OF_STRING:
        return string_of(codec, node, spec);
    case OF_ARRAY:
        return array_of(codec, node, spec);
    case OF_OBJECT:
        return object_of(codec, node, spec);
    default:
        return wrong(type);
    }
}

static int fill(Codec *codec, Node *node, PyObject *spec)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    if (spec == Py_True) {
        return anything(node);
    }
    if (PyUnicode_Check(spec)) {
        const char *type = PyUnicode_AsUTF8AndSize(spec, NULL);
        int is_plain = type && (strcmp(type, "null") == 0 || strcmp(type, "boolean") == 0);
        PyObject *none = type == NULL ? NULL : PyDict_New();
        int failed = none == NULL ||
                     type_of(codec, node, type, is_plain ? Py_True : none);
        Py_XDECREF(none);
        return failed ? -1 : 0;
    }
    if (!PyDict_Check(spec)) {
        return wrong("a node");
    }
    if (part(spec, "python") != NULL) {
        return python_of(codec, node, part(spec, "python"));
    }
    if (part(spec, "valid") != NULL) {
        return valid_of(codec, node, spec);
    }
    if (part(spec, "tried") != NULL) {
        return branches_of(codec, node, spec);
    }
    if (part(spec, "class") != NULL) {
        return object_of(codec, node, spec);
    }
    while (PyDict_Next(spec, &at, &key, &value)) {
        const char *type = PyUnicode_AsUTF8AndSize(key, NULL);
        if (type == NULL || type_of(codec, node, type, value)) {
            return -1;
        }
    }
    return 0;
}

/* The node of a name. It is known before it is filled, for it may lead to itself. */
static Node *named_node(Codec *codec, PyObject *name)
{
    PyObject *known = PyDict_GetItemWithError(codec->known_nodes, name);
    if (known != NULL) {
        return PyLong_AsVoidPtr(known);
    }
    PyObject *spec = PyDict_GetItemWithError(codec->nodes, name);
    Node *node = spec == NULL ? NULL : allocate(codec, sizeof(Node));
    if (node == NULL) {
        PyErr_Occurred() ? 0 : wrong("a reference");
        return NULL;
    }
    PyObject *pointer = PyLong_FromVoidPtr(node);
    int failed = pointer == NULL || PyDict_SetItem(codec->known_nodes, name, pointer);
    Py_XDECREF(pointer);
    if (failed) {
        return NULL;
    }
    if (PyDict_Check(spec) && part(spec, "ref") != NULL) {
        Node *other = node_of(codec, spec);
        if (other == NULL) {
            return NULL;
        }
        for (int i = OF_NULL; i <= OF_OBJECT; i++) {
            node->follow[i] = other;
        }
        return node;
    }
    return fill(codec, node, spec) ? NULL : node;
}

Node *node_of(Codec *codec, PyObject *spec)
{
    if (PyDict_Check(spec)) {
        PyObject *name = part(spec, "ref");
        if (name != NULL) {
            return named_node(codec, name);
        }
    }
    Node *node = allocate(codec, sizeof(Node));
    return node == NULL || fill(codec, node, spec) ? NULL : node;
}
