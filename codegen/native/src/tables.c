/* Tables as Python data become structures. Whatever is wrong with them raises, and the
   package is decoded by Python. */
#include "tables.h"

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

/* The same, beginning with a line of the cache. */
void *allocate_lines(Codec *codec, size_t size)
{
    char *block = allocate(codec, size + 64);
    return block == NULL ? NULL : block + (64 - (uintptr_t)block % 64) % 64;
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

/* The entry of a dict, borrowed; NULL if there is none, and with an exception. What is
   made of it is looked at for that when it is complete. */
PyObject *part(PyObject *dict, const char *name)
{
    PyObject *key = PyUnicode_FromString(name);
    PyObject *found = key == NULL ? NULL : PyDict_GetItemWithError(dict, key);
    Py_XDECREF(key);
    return found;
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

int wrong(const char *what)
{
    if (!PyErr_Occurred()) {
        PyErr_Format(PyExc_ValueError, "tables of another kind: %s", what);
    }
    return -1;
}

/* --- arrays and objects ------------------------------------------------------------ */

/* Several nodes in a tuple. */
static Node **nodes_of(Codec *codec, PyObject *specs, int *count)
{
    Py_ssize_t size = specs == NULL ? -1 : PyTuple_Size(specs);
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

/* The nodes of values whose names match patterns. */
static int patterns_of(Codec *codec, Node *node, PyObject *specs)
{
    Py_ssize_t count = PyTuple_Size(specs);
    if (count <= 0 || count > 1000) {
        return wrong("patterns");
    }
    node->patterns = allocate(codec, (size_t)count * sizeof(Named));
    for (Py_ssize_t i = 0; node->patterns != NULL && i < count; i++) {
        PyObject *spec = PyTuple_GetItem(specs, i);
        if (!PyTuple_Check(spec) || PyTuple_Size(spec) != 2) {
            return wrong("a pattern");
        }
        Named *named = &node->patterns[i];
        named->test = test_of(codec, PyTuple_GetItem(spec, 0));
        named->node = named->test == NULL ? NULL : node_of(codec, PyTuple_GetItem(spec, 1));
        if (named->node == NULL) {
            return -1;
        }
        node->patterns_count++;
    }
    return node->patterns == NULL ? -1 : 0;
}

static int object_of(Codec *codec, Node *node, PyObject *spec)
{
    PyObject *name = part(spec, "class"), *tag = part(spec, "tag");
    PyObject *values = part(spec, "values"), *patterns = part(spec, "patterns");
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
    node->is_closed = (uint8_t)is_set(spec, "closed");
    if (patterns != NULL && patterns_of(codec, node, patterns)) {
        return -1;
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
    node->is_any_integer = 1;
    node->string = ANY_STRING;
    node->longest = node->most_items = PY_SSIZE_T_MAX;
    node->array = ANY_ARRAY;
    node->object = ANY_OBJECT;
    return 0;
}

static int type_of(Codec *codec, Node *node, const char *type, PyObject *spec)
{
    static const char *const types[] = {"number", "null", "boolean", "string", "array",
                                        "object"};
    int is_integer = strcmp(type, "integer") == 0, index = 0;
    while (!is_integer && strcmp(type, types[index]) != 0) {
        if (++index > OF_OBJECT) {
            return wrong(type);
        }
    }
    index = is_integer ? OF_NUMBER : index;
    if (spec == Py_True) {
        int is_null = index == OF_NULL;
        *(is_null ? &node->null : &node->boolean) = 1;
        return is_null || index == OF_BOOLEAN ? 0 : wrong(type);
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

static int fill_by_kind(Codec *codec, Node *node, PyObject *spec)
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

/* Others may know of a node that could not be filled: it decides nothing. */
static int fill(Codec *codec, Node *node, PyObject *spec)
{
    if (fill_by_kind(codec, node, spec) || PyErr_Occurred()) {
        memset(node, 0, sizeof(Node));
        node->is_special = 1;
        return -1;
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
    Node *node = spec == NULL ? NULL : allocate_lines(codec, sizeof(Node));
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
            node->is_special = 1;
            return NULL;
        }
        for (int i = 0; i <= OF_OBJECT; i++) {
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
        if (PyErr_Occurred()) {
            return NULL;
        }
    }
    Node *node = allocate_lines(codec, sizeof(Node));
    return node == NULL || fill(codec, node, spec) ? NULL : node;
}

/* The node of the values of a schema that has a name; NULL if tables do not have it, or
   leave all of it to Python. */
Node *node_of_schema(Codec *codec, PyObject *name)
{
    PyObject *of_class = PyDict_GetItemWithError(codec->classes, name);
    PyObject *spec = of_class ? of_class : PyDict_GetItemWithError(codec->nodes, name);
    if (spec == NULL || !PyDict_Check(spec) || part(spec, "python") != NULL ||
        part(spec, "valid") != NULL) {
        return NULL;
    }
    PyObject *reference = Py_BuildValue("{sO}", of_class ? "class" : "ref", name);
    Node *node = reference == NULL ? NULL : node_of(codec, reference);
    Py_XDECREF(reference);
    return node;
}
