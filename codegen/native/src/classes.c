/* Classes: where their objects keep what, found out by looking at one. */
#include "tables.h"

/* The place of an attribute in the objects of a class: where a value appears when the
   attribute is set. 0 if that is not one place. */
static Py_ssize_t place_of(PyObject *object, Py_ssize_t size, PyObject *name)
{
    Py_ssize_t found = 0;
    PyObject *sentinel = PyList_New(0);
    if (sentinel == NULL || PyObject_GenericSetAttr(object, name, sentinel)) {
        Py_XDECREF(sentinel);
        return 0;
    }
    for (Py_ssize_t at = sizeof(PyObject); at + (Py_ssize_t)sizeof(void *) <= size;
         at += sizeof(void *)) {
        if (*(PyObject **)((char *)object + at) == sentinel) {
            found = found == 0 ? at : -1;
        }
    }
    Py_DECREF(sentinel);
    if (found <= 0 || PyObject_GenericSetAttr(object, name, Py_None)) {
        return 0;
    }
    return found;
}

Py_ssize_t place_of_name(PyObject *object, Py_ssize_t size, const char *name)
{
    PyObject *text = PyUnicode_InternFromString(name);
    Py_ssize_t found = text == NULL ? 0 : place_of(object, size, text);
    Py_XDECREF(text);
    return found;
}

Py_ssize_t size_of(PyObject *type)
{
    PyObject *size = PyObject_GetAttrString(type, "__basicsize__");
    Py_ssize_t found = size == NULL ? 0 : PyLong_AsSsize_t(size);
    Py_XDECREF(size);
    return found;
}

/* Whether objects of these fields hold nothing that could lead back to them. */
static int is_flat(const Class *cls)
{
    for (int i = 0; i < cls->count; i++) {
        const Node *node = cls->fields[i].node;
        int follows = 0;
        for (int type = 0; type <= OF_OBJECT; type++) {
            const Node *other = node->follow[type];
            follows |= other != NULL && (other->array || other->object ||
                                         other->form || other->is_special);
            for (int i = 0; other != NULL && i <= OF_OBJECT; i++) {
                follows |= other->follow[i] != NULL;
            }
        }
        if (node->array || node->object || node->is_special || node->form || follows) {
            return 0;
        }
    }
    return 1;
}

/* Whether what a value was in JSON cannot be told from what it has become: something in
   it was decided by a function of Python, by trying or by a name, or is a tuple; objects
   of other classes aside. */
static int hides_wire(const Node *node, int depth)
{
    if (node == NULL) {
        return 0;
    }
    if (node->valid != NULL) {
        return hides_wire(node->asked, depth + 1);
    }
    if (node->is_special || node->prefix_count || node->patterns_count || node->form ||
        depth > 8) {
        return 1;
    }
    for (int type = 0; type <= OF_OBJECT; type++) {
        if (hides_wire(node->follow[type], depth + 1)) {
            return 1;
        }
    }
    for (size_t at = 0; node->cases.entries != NULL && at <= node->cases.mask; at++) {
        if (hides_wire(node->cases.entries[at].more, depth + 1)) {
            return 1;
        }
    }
    return hides_wire(node->items, depth + 1) || hides_wire(node->values, depth + 1);
}

static int kind_of(PyObject *word)
{
    static const char *const kinds[] = {"required", "optional", "nullable"};
    const char *text = PyUnicode_AsUTF8AndSize(word, NULL);
    for (int kind = REQUIRED; text != NULL && kind <= NULLABLE; kind++) {
        if (strcmp(text, kinds[kind]) == 0) {
            return kind;
        }
    }
    return -1;
}

/* A name as it stands in JSON, with its quotation marks and the colon; where there is but
   one value, with that as well. */
static int quote(Codec *codec, Field *field, const char *name, Py_ssize_t size)
{
    const Entry *only = field->node->follow[OF_STRING] ? NULL : field->node->only;
    Py_ssize_t room = size * 2 + (only == NULL ? 0 : only->size * 2 + 3) + 3;
    char *text = room > UINT16_MAX ? NULL : allocate(codec, (size_t)room + 32);
    char *end = text == NULL ? NULL : put_quoted(text, name, size);
    if (end == NULL) {
        return -1;
    }
    *end++ = ':';
    field->quoted = text;
    field->quoted_size = (uint16_t)(end - text);
    field->name_size = field->quoted_size == size + 3 ? (uint16_t)size : 0;
    field->mask = field->quoted_size > MASKED
                      ? 0
                      : (uint32_t)((1ull << field->quoted_size) - 1);
    end = only == NULL ? NULL : put_quoted(end, only->text, only->size);
    if (end != NULL) {
        *end++ = ',';
        field->only = only->value;
        field->whole_size = (uint16_t)(end - text);
    }
    return 0;
}

static int read_field(Codec *codec, Class *cls, PyObject *object, Py_ssize_t size,
                      PyObject *wire, PyObject *spec)
{
    Py_ssize_t length;
    Field *field = &cls->fields[cls->count];
    if (!PyTuple_Check(spec) || PyTuple_Size(spec) != 3) {
        return -1;
    }
    int kind = kind_of(PyTuple_GetItem(spec, 1));
    field->wire = wire;
    const char *text = PyUnicode_AsUTF8AndSize(wire, &length);
    Py_ssize_t place = place_of(object, size, PyTuple_GetItem(spec, 0));
    field->offset = place > UINT16_MAX ? 0 : (uint16_t)place;
    field->node = node_of(codec, PyTuple_GetItem(spec, 2));
    if (kind < 0 || text == NULL || !field->offset || field->node == NULL ||
        quote(codec, field, text, length)) {
        return -1;
    }
    field->kind = (uint8_t)kind;
    const Node *node = field->node;
    field->is_plain = node->is_plain && !node->python && !node->follow[OF_STRING];
    field->is_only = field->only != NULL && !node->is_limited;
    field->index = (uint8_t)cls->count;
    uint64_t bit = 1ull << cls->count % 64;
    cls->every[cls->count / 64] |= bit;
    if (kind == REQUIRED) {
        cls->required[cls->count / 64] |= bit;
    }
    cls->count++;
    return 0;
}

/* What is before the first field, and never comes: nothing begins with a zero. */
static int expect_nothing(Codec *codec, Field *field)
{
    field->quoted = allocate(codec, MASKED);
    field->mask = 1;
    return field->quoted == NULL ? -1 : 0;
}

static int read_fields(Codec *codec, Class *cls, PyObject *object, PyObject *fields)
{
    PyObject *wire, *spec;
    Py_ssize_t at = 0, size = size_of((PyObject *)cls->type);
    size_t count = (size_t)PyDict_Size(fields);
    cls->fields = allocate_lines(codec, (count + 1) * sizeof(Field));
    if (cls->fields == NULL || expect_nothing(codec, &cls->fields[count]) || make_table(codec, &cls->by_name, count)) {
        return -1;
    }
    while (PyDict_Next(fields, &at, &wire, &spec)) {
        Entry *entry = add(codec, &cls->by_name, wire, NULL);
        if (entry == NULL || read_field(codec, cls, object, size, wire, spec)) {
            return -1;
        }
        entry->more = &cls->fields[cls->count - 1];
    }
    for (size_t i = 0; i <= count; i++) {
        Field *next = &cls->fields[i < count ? i + 1 : 0];
        next = next->mask ? next : &cls->fields[count];
        cls->fields[i].next = cls->fields[i].other = next;
    }
    cls->extra_offset = place_of_name(object, size, "_extra");
    cls->wire_offset = place_of_name(object, size, "_wire");
    cls->bytes_offset = place_of_name(object, size, "_bytes");
    return cls->extra_offset && cls->wire_offset && cls->bytes_offset ? 0 : -1;
}

/* Fill in a class that has its type. The object that is looked at was made as all
   others are. */
static int resolve(Codec *codec, Class *cls)
{
    PyObject *fields = part(cls->spec, "fields"), *others = part(cls->spec, "others");
    if (fields == NULL || PyDict_Size(fields) > MAX_FIELDS) {
        return -1;
    }
    cls->closed = (uint8_t)is_set(cls->spec, "closed");
    cls->kept = (uint8_t)is_set(cls->spec, "kept");
    cls->most = PY_SSIZE_T_MAX;
    if (size_in(cls->spec, "least", &cls->fewest) ||
        size_in(cls->spec, "most", &cls->most)) {
        return -1;
    }
    if (others != NULL) {
        cls->others = node_of(codec, others);
        if (cls->others == NULL) {
            return -1;
        }
    }
    PyObject *valid = part(cls->spec, "valid");
    if (valid != NULL) {
        cls->valid = kept(codec,
                          PyObject_CallFunctionObjArgs(codec->find_decoder, valid, NULL));
        if (cls->valid == NULL) {
            return -1;
        }
    }
    cls->size = (size_t)size_of((PyObject *)cls->type);
    if (!PyType_HasFeature(cls->type, Py_TPFLAGS_HAVE_GC) ||
        cls->size < sizeof(PyObject)) {
        return -1;
    }
    PyObject *object = PyType_GenericAlloc(cls->type, 0);
    int failed = object == NULL || read_fields(codec, cls, object, fields);
    Py_XDECREF(object);
    if (failed) {
        return -1;
    }
    cls->flat = !cls->kept && is_flat(cls);
    cls->is_lazy = cls->kept && cls->valid == NULL && codec->order_type != NULL && cls->count < BESIDE;
    for (int i = 0; i < cls->count; i++) {
        cls->is_lazy &= !hides_wire(cls->fields[i].node, 0);
    }
    cls->orders_place = PyList_Size(codec->orders);
    for (int i = 0; i < ORDERS; i++) {
        if (PyList_Append(codec->orders, Py_None)) {
            return -1;
        }
    }
    return 0;
}

/* The function of the Python codec that decodes objects in place of a class. */
static int give_to_python(Codec *codec, Class *cls, PyObject *name)
{
    cls->as_python.python_name = name;
    cls->as_python.python = kept(
        codec, PyObject_CallFunctionObjArgs(codec->find_decoder, name, NULL));
    return cls->as_python.python == NULL ? -1 : 0;
}

/* See to it that a class that was met for the first time can be used: 1 if it can, 0 if
   Python has to decode. Everything is made apart and then put in its place, for another
   thread may be doing the same. */
int class_ready(Codec *codec, Class *cls)
{
    if (cls->state == UNRESOLVED) {
        Class made = *cls;
        PyObject *python = part(cls->spec, "python");
        if (python != NULL) {
            made.state = give_to_python(codec, &made, python) ? BROKEN : IN_PYTHON;
        } else {
            made.type = (PyTypeObject *)kept(
                codec, PyObject_CallFunctionObjArgs(codec->find_class, cls->name, NULL));
            int failed = made.type == NULL || !PyType_Check((PyObject *)made.type) ||
                         resolve(codec, &made);
            made.state = failed ? BROKEN : READY;
        }
        made.state = PyErr_Occurred() ? BROKEN : made.state;
        if (made.state == BROKEN && !PyErr_Occurred()) {
            PyErr_Format(PyExc_ValueError, "tables of another kind: %R", cls->name);
        }
        if (made.state == BROKEN && PyErr_ExceptionMatches(PyExc_MemoryError)) {
            return 0; /* Another time there may be memory. */
        }
        if (cls->state == UNRESOLVED) {
            *cls = made;
        }
    }
    return cls->state != BROKEN;
}
