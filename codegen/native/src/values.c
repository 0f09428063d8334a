/* Values of any kind: by their first character, to what their node says. */
#include "tables.h"

static PyObject *constant(Frame *f, const char *text, Py_ssize_t size, PyObject *value)
{
    if (f->end - f->p < size || memcmp(f->p, text, (size_t)size) != 0) {
        return NULL;
    }
    f->p += size;
    return Py_NewRef(value);
}

static PyObject *read_any_array(Frame *f)
{
    PyObject *list = PyList_New(0);
    if (list == NULL || ++f->depth > MAX_DEPTH) {
        Py_XDECREF(list);
        return NULL;
    }
    f->p = skip_space(f->p + 1);
    if (*f->p == ']') {
        f->p++;
        f->depth--;
        return list;
    }
    while (1) {
        PyObject *item = read_any(f);
        if (item == NULL || PyList_Append(list, item)) {
            Py_XDECREF(item);
            break;
        }
        Py_DECREF(item);
        f->p = skip_space(f->p);
        if (*f->p == ']') {
            f->p++;
            f->depth--;
            return list;
        }
        if (*f->p != ',') {
            break;
        }
        f->p = skip_space(f->p + 1);
    }
    Py_DECREF(list);
    return NULL;
}

/* Any JSON value, as readers of JSON give it. */
PyObject *read_any(Frame *f)
{
    switch (*f->p) {
    case '"':
        f->p++;
        return read_string(f);
    case '{':
        return read_map(f, NULL, NULL);
    case '[':
        return read_any_array(f);
    case 't':
        return constant(f, "true", 4, Py_True);
    case 'f':
        return constant(f, "false", 5, Py_False);
    case 'n':
        return constant(f, "null", 4, Py_None);
    default:
        return read_integer(f, NULL);
    }
}

/* --- strings ----------------------------------------------------------------------- */

/* Whether a value passes a test; -1 with an exception. */
int passes(PyObject *test, PyObject *value)
{
    PyObject *found = PyObject_CallFunctionObjArgs(test, value, NULL);
    int passed = found == NULL ? -1 : PyObject_IsTrue(found);
    Py_XDECREF(found);
    return passed;
}

int meets_string(const Node *node, PyObject *text)
{
    if (node->shortest > 0 || node->longest != PY_SSIZE_T_MAX) {
        Py_ssize_t size = PyUnicode_GetLength(text);
        if (size < node->shortest || size > node->longest) {
            return 0;
        }
    }
    for (int i = 0; i < node->tests_count; i++) {
        if (passes(node->tests[i], text) != 1) {
            return 0;
        }
    }
    return 1;
}

/* What a value has become, if it meets what else is asked of it. */
static PyObject *if_met(Frame *f, int met, PyObject *value)
{
    if (UNLIKELY(!met)) {
        Py_DECREF(value);
        return PyErr_Occurred() ? NULL : reject(f);
    }
    return value;
}

/* The text at `p` is another than the only one that is allowed. An escape in it may hide
   that it is not. */
NOINLINE PyObject *reject_text(Frame *f)
{
    const uint8_t *to = scan(f->scan, f->p + 1, f->end);
    return to < f->end && *to == '"' ? reject(f) : NULL;
}

/* One of the texts that a node lists, or any other where its enum is open. */
static PyObject *read_listed(Frame *f, Node *node, PyObject **wire)
{
    const uint8_t *from = f->p + 1, *to;
    const Entry *entry = node->last_listed;
    if (entry != NULL && f->end - from > entry->size && from[entry->size] == '"' &&
        is_same(from, entry->text, (size_t)entry->size)) {
        to = from + entry->size;
    } else if (node->only != NULL) {
        return reject_text(f);
    } else {
        to = scan(f->scan, from, f->end);
        if (to >= f->end || *to != '"') {
            return NULL;
        }
        entry = lookup(&node->listed, from, (size_t)(to - from));
        if (entry == NULL && node->string == LISTED_STRING) {
            return reject(f);
        }
        node->last_listed = entry;
    }
    PyObject *text = entry == NULL ? text_of(f, from, to) : Py_NewRef(entry->wire);
    if (text != NULL && UNLIKELY(node->is_limited)) {
        text = if_met(f, meets_string(node, text), text);
    }
    if (text == NULL) {
        return NULL;
    }
    f->p = to + 1;
    PyObject *value = Py_NewRef(entry == NULL ? text : entry->value);
    if (wire != NULL) {
        *wire = text;
    } else {
        Py_DECREF(text);
    }
    return value;
}

/* The value that a text stands for by its format. */
static PyObject *value_of_text(Frame *f, Node *node, PyObject *text)
{
    PyObject *value = PyObject_CallFunctionObjArgs(node->form, text, NULL);
    if (value == Py_None) {
        Py_DECREF(value);
        return reject(f);
    }
    if (value != NULL && node->carrying == NULL) {
        PyObject *type = (PyObject *)Py_TYPE(value);
        if (PyList_Append(f->codec->keep, type)) {
            Py_CLEAR(value);
        } else {
            node->carrying = (PyTypeObject *)type;
        }
    }
    return value;
}

static PyObject *read_plain_string(Frame *f, Node *node, PyObject **wire)
{
    f->p++;
    PyObject *text = read_string(f);
    if (text != NULL && !node->is_plain) {
        text = if_met(f, meets_string(node, text), text);
    }
    PyObject *value = text;
    if (text != NULL && node->form != NULL) {
        value = value_of_text(f, node, text);
        if (value == NULL || wire == NULL) {
            Py_CLEAR(text);
        }
    } else if (wire != NULL) {
        Py_XINCREF(text);
    }
    if (wire != NULL) {
        *wire = text;
    }
    return value;
}

/* --- arrays ------------------------------------------------------------------------ */

/* Whether no two items are the same: members of enums by identity, texts as such. */
int all_differ(PyObject *items)
{
    Py_ssize_t count = PyList_Size(items);
    if (count > 64) {
        return 0;
    }
    for (Py_ssize_t i = 0; i < count && count > 1; i++) {
        PyObject *item = PyList_GetItem(items, i);
        if (!PyUnicode_CheckExact(item)) {
            return 0;
        }
        for (Py_ssize_t j = 0; j < i; j++) {
            if (PyUnicode_Compare(item, PyList_GetItem(items, j)) == 0) {
                return 0;
            }
        }
    }
    return 1;
}

static int append(PyObject *list, PyObject *item)
{
    return list == NULL ? 0 : PyList_Append(list, item);
}

/* Read items into `values`, and as they stand in JSON into `wires` where there are
   such. */
static int read_items(Frame *f, Node *node, PyObject *values, PyObject *wires)
{
    f->p = skip_space(f->p + 1);
    if (*f->p == ']') {
        f->p++;
        return 1;
    }
    for (int i = 0;; i += i < node->prefix_count) {
        PyObject *wire = NULL;
        Node *inner = i < node->prefix_count ? node->prefix[i] : node->items;
        if (UNLIKELY(inner == NULL)) {
            reject(f); /* More than there may be. */
            return 0;
        }
        PyObject *item = read_value(f, inner, wires == NULL ? NULL : &wire);
        int failed = item == NULL || append(values, item) || append(wires, wire);
        Py_XDECREF(item);
        Py_XDECREF(wire);
        if (failed) {
            return 0;
        }
        f->p = skip_space(f->p);
        if (*f->p == ']') {
            f->p++;
            return 1;
        }
        if (*f->p != ',') {
            return 0;
        }
        f->p = skip_space(f->p + 1);
    }
}

/* What stands for an array of these items. */
static PyObject *finished(Frame *f, const Node *node, PyObject *values, PyObject *raw)
{
    Py_ssize_t size = PyList_Size(raw);
    if (node->unique && !all_differ(raw)) {
        Py_DECREF(values);
        return NULL;
    }
    values = if_met(f, size >= node->fewest_items && size <= node->most_items, values);
    if (values != NULL && node->is_tuple) {
        PyObject *tuple = size == node->prefix_count ? PyList_AsTuple(values) : NULL;
        Py_DECREF(values);
        return tuple;
    }
    return values;
}

static PyObject *read_array(Frame *f, Node *node, PyObject **wire)
{
    PyObject *values = NULL, *wires = NULL;
    if (node->array == ANY_ARRAY) {
        values = read_any_array(f);
    } else {
        /* What is not turned into anything stays one and the same list. */
        int apart = node->is_tuple || (node->turns && (wire != NULL || node->unique));
        values = PyList_New(0);
        wires = apart ? PyList_New(0) : NULL;
        int failed = values == NULL || (apart && wires == NULL) ||
                     ++f->depth > MAX_DEPTH || !read_items(f, node, values, wires);
        f->depth--;
        if (failed) {
            Py_CLEAR(values);
        }
    }
    if (values != NULL) {
        PyObject *raw = wires == NULL ? values : wires;
        Py_INCREF(raw);
        values = finished(f, node, values, raw);
        if (values != NULL && wire != NULL) {
            *wire = Py_NewRef(raw);
        }
        Py_DECREF(raw);
    }
    Py_XDECREF(wires);
    return values;
}

/* --- values ------------------------------------------------------------------------ */

static PyObject *read_tagged(Frame *f, Node *node, PyObject **wire)
{
    Node *found = find_case(f, node);
    return found == NULL ? NULL : read_value(f, found, wire);
}


static PyObject *read_braces(Frame *f, Node *node, PyObject **wire)
{
    PyObject *value;
    switch (node->object) {
    case OBJECT_OF_CLASS:
        if (UNLIKELY(node->cls->state != READY)) {
            if (!class_ready(f->codec, node->cls)) {
                return NULL;
            }
            if (node->cls->state == IN_PYTHON) {
                return in_python(f, &node->cls->as_python, wire);
            }
        }
        if (!node->is_special && node->follow[OF_OBJECT] == NULL) {
            node->ready = node->cls;
        }
        return read_object(f, node->cls, wire);
    case TAGGED_OBJECT:
        return read_tagged(f, node, wire);
    case MAP_OF:
        return read_map(f, node, wire);
    case ANY_OBJECT:
        value = read_map(f, NULL, NULL);
        if (wire != NULL) {
            *wire = Py_XNewRef(value);
        }
        return value;
    default:
        return reject(f);
    }
}

static PyObject *read_scalar(Frame *f, Node *node, int type)
{
    switch (type) {
    case OF_NULL:
        return node->null ? constant(f, "null", 4, Py_None) : reject(f);
    case OF_BOOLEAN:
        if (!node->boolean) {
            return reject(f);
        }
        return *f->p == 't' ? constant(f, "true", 4, Py_True)
                            : constant(f, "false", 5, Py_False);
    default:
        return node->is_any_integer ? read_integer(f, node)
               : node->number       ? read_number(f, node)
                                    : reject(f);
    }
}

/* By the first character of a value; all others are of numbers, or of none. */
static const uint8_t TYPES[256] = {
    ['"'] = OF_STRING,  ['{'] = OF_OBJECT,  ['['] = OF_ARRAY,
    ['t'] = OF_BOOLEAN, ['f'] = OF_BOOLEAN, ['n'] = OF_NULL,
};

PyObject *read_value(Frame *f, Node *node, PyObject **wire)
{
    PyObject *value;
    int type = TYPES[*f->p];
    if (UNLIKELY(node->is_special)) {
        return read_specially(f, node, wire);
    }
    if (UNLIKELY(node->follow[type] != NULL)) {
        return read_value(f, node->follow[type], wire);
    }
    switch (type) {
    case OF_STRING:
        if (LIKELY(node->string == ANY_STRING)) {
            return read_plain_string(f, node, wire);
        }
        return node->string == NO_STRING ? reject(f) : read_listed(f, node, wire);
    case OF_OBJECT:
        return read_braces(f, node, wire);
    case OF_ARRAY:
        return node->array == NO_ARRAY ? reject(f) : read_array(f, node, wire);
    default:
        value = read_scalar(f, node, type);
        if (wire != NULL && value != NULL) {
            *wire = value_of_member(node, value);
        }
        return value;
    }
}
