/* Events to their text: as the Python codec and orjson write it, byte for byte. Whatever
   could be written in two ways, or has no form in JSON, is left to Python.

   Nothing in Python is called meanwhile, so lists and maps stay as they are, and what is
   in them need not be held. */
#include "write.h"

static char *write_value(Writer *w, char *p, const Node *node, PyObject *value);
static char *write_object(Writer *w, char *p, const Class *cls, PyObject *object);

/* --- arrays and objects ------------------------------------------------------------ */

static const Node *settled(const Node *node, int type)
{
    for (int i = 0; node != NULL && i < MAX_DEPTH; i++) {
        const Node *next = node->valid != NULL ? node->asked : node->follow[type];
        if (next == NULL) {
            break;
        }
        node = next;
    }
    return node == NULL || node->python != NULL ? NULL : node;
}

/* What stands behind the last comma of a list or an object is its end. */
INLINE char *finish(char *p, int is_empty, char bracket)
{
    p -= !is_empty;
    *p++ = bracket;
    return p;
}

/* An object of a class that is known. */
static char *write_deeper(Writer *w, char *p, const Class *cls, PyObject *object)
{
    if (UNLIKELY(w->depth >= MAX_DEPTH)) {
        return NULL;
    }
    w->depth++;
    p = write_object(w, p, cls, object);
    w->depth--;
    return p;
}

/* The class of an object, if that is the class of the last one in its place. */
INLINE const Class *as_before(const Node *node, PyObject *value)
{
    const Class *cls = node == NULL ? NULL : node->recent;
    return cls != NULL && cls->type == Py_TYPE(value) ? cls : NULL;
}

INLINE char *write_item(Writer *w, char *p, const Node *node, PyObject *value)
{
    const Class *cls = as_before(node, value);
    if (cls == NULL) {
        return write_value(w, p, node, value);
    }
    p = with_room(w, p, 0);
    return UNLIKELY(p == NULL) ? NULL : write_deeper(w, p, cls, value);
}

static char *write_list(Writer *w, char *p, const Node *node, PyObject *value)
{
    Py_ssize_t i = 0;
    node = settled(node, OF_ARRAY);
    const Node *items = node == NULL ? NULL : node->items;
    int first = node == NULL ? 0 : node->prefix_count;
    *p++ = '[';
    for (; i < PyList_Size(value); i++) {
        PyObject *item = PyList_GetItem(value, i);
        p = write_item(w, p, i < first ? node->prefix[i] : items, item);
        if (p == NULL) {
            return NULL;
        }
        *p++ = ',';
    }
    return finish(p, i == 0, ']');
}

/* A tuple where the tables say that there is one. */
static char *write_tuple(Writer *w, char *p, const Node *node, PyObject *value)
{
    node = settled(node, OF_ARRAY);
    if (node == NULL || !node->is_tuple || PyTuple_Size(value) != node->prefix_count) {
        return NULL;
    }
    *p++ = '[';
    for (int i = 0; i < node->prefix_count; i++) {
        p = write_value(w, p, node->prefix[i], PyTuple_GetItem(value, i));
        if (p == NULL) {
            return NULL;
        }
        *p++ = ',';
    }
    return finish(p, 0, ']');
}

INLINE char *write_pair(Writer *w, char *p, const Node *values, PyObject *name,
                        PyObject *value)
{
    p = PyUnicode_CheckExact(name) ? with_room(w, p, 0) : NULL;
    p = LIKELY(p != NULL) ? write_string(w, p, name) : NULL;
    if (UNLIKELY(p == NULL)) {
        return NULL;
    }
    *p++ = ':';
    p = write_value(w, p, values, value);
    if (LIKELY(p != NULL)) {
        *p++ = ',';
    }
    return p;
}

static char *write_dict(Writer *w, char *p, const Node *node, PyObject *value)
{
    PyObject *name, *item;
    Py_ssize_t at = 0;
    int is_empty = 1;
    node = settled(node, OF_OBJECT);
    const Node *values = node == NULL ? NULL : node->values;
    if (node != NULL && node->patterns_count) {
        return NULL;
    }
    *p++ = '{';
    for (; PyDict_Next(value, &at, &name, &item); is_empty = 0) {
        p = write_pair(w, p, values, name, item);
        if (p == NULL) {
            return NULL;
        }
    }
    return finish(p, is_empty, '}');
}

INLINE PyObject *held(PyObject *object, const Field *field)
{
    return *(PyObject **)((char *)object + field->offset);
}

INLINE char *write_field(Writer *w, char *p, const Field *field, PyObject *value)
{
    if (value == field->only && value != NULL) {
        return put_short(w, p, field->quoted, field->whole_size);
    }
    p = put_short(w, p, field->quoted, field->quoted_size);
    if (UNLIKELY(value == NULL || p == NULL)) {
        return NULL;
    }
    const Class *cls = as_before(field->node, value);
    if (field->is_plain && PyUnicode_CheckExact(value)) {
        p = write_string(w, p, value);
    } else if (cls != NULL) {
        p = write_deeper(w, p, cls, value);
    } else {
        p = write_value(w, p, field->node, value);
    }
    if (LIKELY(p != NULL)) {
        *p++ = ',';
    }
    return p;
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
static const Field *next_field(const Class *cls, PyObject *name, const Field **last)
{
    const Field *field = (*last)->next;
    if (field->wire != name) {
        field = PyUnicode_CheckExact(name) ? field_of(cls, name) : NULL;
    }
    if (field != NULL) {
        *last = field;
    }
    return field;
}

/* What an object keeps, brought up to date: lists, maps and objects are in its fields. */
static char *write_kept(Writer *w, char *p, const Class *cls, PyObject *object,
                        PyObject *kept)
{
    PyObject *name, *item;
    Py_ssize_t at = 0;
    const Field *last = &cls->fields[cls->count];
    while (p != NULL && PyDict_Next(kept, &at, &name, &item)) {
        const Field *field = next_field(cls, name, &last);
        PyObject *value = field == NULL ? NULL : held(object, field);
        if (field == NULL) {
            p = write_pair(w, p, NULL, name, item);
        } else if (value == NULL || PyTuple_CheckExact(value)) {
            return NULL;
        } else {
            int is_held = PyList_CheckExact(value) || PyDict_CheckExact(value) ||
                          (PyDict_CheckExact(item) && !is_scalar(value));
            p = write_field(w, p, field, is_held ? value : item);
        }
    }
    return p;
}

INLINE PyObject *extra_of(const Class *cls, PyObject *object)
{
    return *(PyObject **)((char *)object + cls->extra_offset);
}

/* Whether a property that stands beside the fields is one of these, so that it may be
   written already. A null may stand there in place of what a field cannot hold. */
static int is_in_field(const Class *cls, PyObject *object, PyObject *name)
{
    const Field *field = PyUnicode_CheckExact(name) ? field_of(cls, name) : NULL;
    return field != NULL && (field->kind != OPTIONAL || held(object, field) != Py_None);
}

/* The same, of which nothing has been made but the order of its properties. */
static char *write_in_order(Writer *w, char *p, const Class *cls, PyObject *object,
                            const Order *order)
{
    PyObject *extra = extra_of(cls, object), *name, *item;
    Py_ssize_t at = 0;
    const uint8_t *fields = order->fields, *end = fields + order->count;
    for (; p != NULL && fields < end; fields++) {
        if (UNLIKELY(*fields == BESIDE)) {
            if (extra == NULL || !PyDict_CheckExact(extra) ||
                !PyDict_Next(extra, &at, &name, &item) ||
                is_in_field(cls, object, name)) {
                return NULL;
            }
            p = write_pair(w, p, NULL, name, item);
        } else {
            const Field *field = &cls->fields[*fields];
            p = write_field(w, p, field, held(object, field));
        }
    }
    return p;
}

/* What is beside the fields of an object. */
static char *write_extra(Writer *w, char *p, const Class *cls, PyObject *object)
{
    PyObject *extra = extra_of(cls, object), *name, *item;
    Py_ssize_t at = 0;
    if (LIKELY(extra == Py_None)) {
        return p;
    }
    if (extra == NULL || !PyDict_CheckExact(extra)) {
        return NULL;
    }
    while (p != NULL && PyDict_Next(extra, &at, &name, &item)) {
        p = is_in_field(cls, object, name) ? NULL : write_pair(w, p, NULL, name, item);
    }
    return p;
}

/* All fields of an object: those that must be there, then those that are. */
static char *write_fields(Writer *w, char *p, const Class *cls, PyObject *object)
{
    const Field *end = cls->fields + cls->count;
    PyObject *unset = w->codec->unset;
    for (int pass = 0; pass < 2; pass++) {
        for (const Field *field = cls->fields; field < end; field++) {
            PyObject *value = held(object, field);
            if ((field->kind == REQUIRED) != (pass == 0)) {
                continue;
            }
            if (value == unset && field->kind != NULLABLE) {
                return NULL;
            }
            if (value == (field->kind == NULLABLE ? unset : Py_None) &&
                field->kind != REQUIRED) {
                continue;
            }
            p = write_field(w, p, field, value);
            if (UNLIKELY(p == NULL)) {
                return NULL;
            }
        }
    }
    return write_extra(w, p, cls, object);
}

static char *write_object(Writer *w, char *p, const Class *cls, PyObject *object)
{
    *p++ = '{';
    Py_ssize_t used = p - w->start;
    if (!cls->kept) {
        p = write_fields(w, p, cls, object);
    } else {
        PyObject *kept = *(PyObject **)((char *)object + cls->wire_offset);
        if (LIKELY(is_order(w->codec, kept))) {
            p = write_in_order(w, p, cls, object, (const Order *)kept);
        } else if (kept != NULL && PyDict_CheckExact(kept)) {
            p = write_kept(w, p, cls, object, kept);
        } else {
            return NULL;
        }
    }
    return p == NULL ? NULL : finish(p, p - w->start == used, '}');
}

/* --- values ------------------------------------------------------------------------ */

/* The class of all objects of a type, if it is known. The key is where the type is, for
   a type may have its own way to be compared; classes that are known hold theirs. */
static NOINLINE Class *known_class(Codec *codec, PyTypeObject *type)
{
    PyObject *key = PyLong_FromVoidPtr(type);
    PyObject *known = key == NULL ? NULL : PyDict_GetItemWithError(codec->by_type, key);
    Class *cls = known == NULL ? NULL : PyLong_AsVoidPtr(known);
    Py_XDECREF(key);
    return cls;
}

/* The same of a type that is met for the first time, if tables are all there is to its
   objects. */
static Class *class_of_type(Codec *codec, PyObject *type)
{
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
    PyObject *key = PyLong_FromVoidPtr(type), *pointer = PyLong_FromVoidPtr(cls);
    int failed = key == NULL || pointer == NULL ||
                 PyDict_SetItem(codec->by_type, key, pointer);
    Py_XDECREF(key);
    Py_XDECREF(pointer);
    return failed ? NULL : cls;
}

/* The class of an object, if it is known; most often it was one of the last. */
INLINE Class *known_class_of(Codec *codec, PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    Class **last = &codec->written[place_of_pointer(type) & (WRITTEN - 1)];
    Class *cls = *last;
    if (UNLIKELY(cls == NULL || cls->type != type)) {
        cls = known_class(codec, type);
        *last = cls != NULL ? cls : *last;
    }
    return cls;
}

/* The class of an object, if tables are all there is to it. */
Class *class_of_object(Codec *codec, PyObject *object)
{
    Class *cls = known_class_of(codec, object);
    return LIKELY(cls != NULL) || PyErr_Occurred()
               ? cls
               : class_of_type(codec, (PyObject *)Py_TYPE(object));
}

/* What has become of a scalar: a value of a type, or a member of an enum of integers. */
static NOINLINE char *write_made(Writer *w, char *p, const Node *node, PyObject *value)
{
    const Node *texts = settled(node, OF_STRING), *numbers = settled(node, OF_NUMBER);
    if (texts != NULL && texts->carrying != NULL && texts->carrying == Py_TYPE(value)) {
        PyObject *text = PyObject_GetAttr(value, w->codec->text_name);
        p = text != NULL && PyUnicode_CheckExact(text) ? write_string(w, p, text) : NULL;
        Py_XDECREF(text);
        return p;
    }
    if (numbers != NULL && numbers->members != NULL) {
        const Written *known = find_written(&numbers->written, value);
        if (known != NULL) {
            return put_short(w, p, known->text, known->size);
        }
    }
    return NULL;
}

/* Objects where the tables expect some. */
static char *write_other(Writer *w, char *p, const Node *node, PyObject *value)
{
    const Node *own = node;
    if (PyTuple_CheckExact(value)) {
        return write_tuple(w, p, node, value);
    }
    char *end = write_made(w, p, node, value);
    if (end != NULL || PyErr_Occurred()) {
        return end;
    }
    node = settled(node, OF_OBJECT);
    if (node == NULL || (node->object < OBJECT_OF_CLASS && !node->branches)) {
        return NULL;
    }
    Class *cls = known_class_of(w->codec, value);
    if (UNLIKELY(cls == NULL)) {
        w->unknown = PyErr_Occurred() ? NULL : Py_NewRef((PyObject *)Py_TYPE(value));
        return NULL;
    }
    ((Node *)own)->recent = cls;
    return write_object(w, p, cls, value);
}

static NOINLINE char *write_inner(Writer *w, char *p, const Node *node, PyObject *value)
{
    if (UNLIKELY(w->depth >= MAX_DEPTH)) {
        return NULL;
    }
    w->depth++;
    const Class *cls = as_before(node, value);
    p = cls != NULL                ? write_object(w, p, cls, value)
        : PyList_CheckExact(value) ? write_list(w, p, node, value)
        : PyDict_CheckExact(value) ? write_dict(w, p, node, value)
                                   : write_other(w, p, node, value);
    w->depth--;
    return p;
}

INLINE char *put_word(char *p, const char *word, size_t size)
{
    memcpy(p, word, size);
    return p + size;
}

static char *write_value(Writer *w, char *p, const Node *node, PyObject *value)
{
    const Node *texts = node;
    if (UNLIKELY((p = with_room(w, p, 0)) == NULL)) {
        return NULL;
    }
    if (node != NULL && UNLIKELY(node->follow[OF_STRING] != NULL)) {
        texts = settled(node, OF_STRING);
    }
    if (texts != NULL && texts->written.texts != NULL) {
        const Written *known = find_written(&texts->written, value);
        if (LIKELY(known != NULL)) {
            return put_short(w, p, known->text, known->size);
        }
    }
    if (LIKELY(PyUnicode_CheckExact(value))) {
        return write_string(w, p, value);
    }
    if (value == Py_None) {
        return put_word(p, "null", 4);
    }
    if (PyBool_Check(value)) {
        return value == Py_True ? put_word(p, "true", 4) : put_word(p, "false", 5);
    }
    if (PyLong_CheckExact(value)) {
        return write_integer(p, value);
    }
    if (PyFloat_CheckExact(value)) {
        return write_float(p, value);
    }
    return write_inner(w, p, node, value);
}

/* The frame that an event came in and keeps; NULL where other bytes are beside it. */
static PyObject *kept_frame(Codec *codec, PyObject *beside)
{
    PyObject *frame = PyDict_CheckExact(beside)
                          ? PyDict_GetItemWithError(beside, codec->frame_name)
                          : NULL;
    return frame != NULL && PyBytes_CheckExact(frame) ? Py_NewRef(frame) : NULL;
}

/* All that is written, with its long texts. */
static PyObject *gathered(const Writer *w, const char *end)
{
    const char *from = w->start;
    if (LIKELY(w->longs_count == 0)) {
        return PyBytes_FromStringAndSize(from, end - from);
    }
    Py_ssize_t size = end - from;
    for (int i = 0; i < w->longs_count; i++) {
        size += w->longs[i].size;
    }
    PyObject *text = PyBytes_FromStringAndSize(NULL, size);
    if (text == NULL) {
        return NULL;
    }
    char *to = PyBytes_AsString(text);
    for (int i = 0; i < w->longs_count; i++) {
        const Long *part = &w->longs[i];
        size_t before = (size_t)(w->start + part->at - from);
        memcpy(to, from, before);
        memcpy(to + before, part->text, (size_t)part->size);
        to += before + (size_t)part->size;
        from += before;
    }
    memcpy(to, from, (size_t)(end - from));
    return text;
}

/* The text of an event, NULL where Python has to write it. It also ends where there is an
   object of a type that is `unknown` yet. */
static PyObject *write_event(Codec *codec, Class *cls, PyObject *event,
                             PyObject **unknown)
{
    Writer w;
    w.codec = codec;
    w.depth = 0;
    w.unknown = NULL;
    w.longs_count = 0;
    w.start = w.small;
    w.end = w.small + SMALL;
    char *end = write_object(&w, w.start, cls, event);
    assert(end == NULL || end <= w.end);
    PyObject *text = end == NULL ? NULL : gathered(&w, end);
    for (int i = 0; i < w.longs_count; i++) {
        Py_DECREF(w.longs[i].value);
    }
    if (w.start != w.small) {
        PyMem_Free(w.start);
    }
    *unknown = w.unknown;
    return text;
}

/* To get to know a type may take Python, after which an event is written anew. */
static NOINLINE int get_to_know(Codec *codec, PyObject *type)
{
    int found = class_of_type(codec, type) != NULL;
    Py_DECREF(type);
    return found;
}

/* The text of an event, NULL where Python has to write it. */
PyObject *encode_event(Codec *codec, Class *cls, PyObject *event)
{
    PyObject *beside = *(PyObject **)((char *)event + cls->bytes_offset), *text, *unknown;
    if (beside != NULL) {
        return kept_frame(codec, beside);
    }
    do {
        text = write_event(codec, cls, event, &unknown);
    } while (UNLIKELY(unknown != NULL) && get_to_know(codec, unknown));
    return text;
}
