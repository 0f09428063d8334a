/* Whether JSON values that somebody else has read are valid, by the tables by which frames
   are decoded. Nothing is made of them. All of these answer 1 or 0, and -1 where Python
   has to, then with an exception or without; so they do for whatever is no plain dict,
   list, `str`, number, boolean or None. */
#include "tables.h"

#define MOST_VALUES 1000000  /* What has more is left to Python, which can be stopped. */

typedef struct {
    Codec *codec;
    int depth;
    Py_ssize_t values;    /* So many were in the arrays and objects that were met. */
} Judge;

static int judge(Judge *j, Node *node, PyObject *value);

/* Where a text is, NULL for what is not quite one. */
INLINE const uint8_t *utf8_of(PyObject *text, Py_ssize_t *size)
{
    return PyUnicode_CheckExact(text)
               ? (const uint8_t *)PyUnicode_AsUTF8AndSize(text, size)
               : NULL;
}

/* The entry of a text, NULL if there is none; most often it is that of the last one. */
INLINE const Entry *find_entry(const Table *table, const Entry *last, const uint8_t *text,
                               Py_ssize_t size)
{
    if (LIKELY(last != NULL && last->size == size &&
               is_same(text, last->text, (size_t)size))) {
        return last;
    }
    return lookup(table, text, (size_t)size);
}

/* --- texts ------------------------------------------------------------------------- */

static int stands_for_value(const Node *node, PyObject *text)
{
    PyObject *value = PyObject_CallFunctionObjArgs(node->form, text, NULL);
    int found = value == NULL ? -1 : value != Py_None;
    Py_XDECREF(value);
    return found;
}

static int judge_text(Node *node, PyObject *text)
{
    if (LIKELY(node->is_plain)) {
        return 1;
    }
    if (node->string == LISTED_STRING) {
        Py_ssize_t size;
        const uint8_t *utf8 = utf8_of(text, &size);
        if (utf8 == NULL) {
            return -1;
        }
        const Entry *entry = find_entry(&node->listed, node->last_listed, utf8, size);
        if (entry == NULL) {
            return 0;
        }
        node->last_listed = entry;
        if (LIKELY(!node->is_limited && node->form == NULL)) {
            return 1;
        }
    }
    if (!meets_string(node, text)) {
        return PyErr_Occurred() ? -1 : 0;
    }
    return node->form == NULL ? 1 : stands_for_value(node, text);
}

/* --- arrays and objects ------------------------------------------------------------ */

/* Whether what is inside of an array or object may be judged: it is neither too deep nor
   too much. */
static int enter(Judge *j, Py_ssize_t size)
{
    j->values += size;
    return ++j->depth <= MAX_DEPTH && j->values <= MOST_VALUES;
}

/* A value, which functions of Python may take out of what holds it. */
INLINE int judge_inner(Judge *j, Node *node, PyObject *value)
{
    Py_INCREF(value);
    int met = judge(j, node, value);
    Py_DECREF(value);
    return met;
}

static int judge_items(Judge *j, const Node *node, PyObject *list)
{
    for (Py_ssize_t i = 0; i < PyList_Size(list); i++) {
        Node *inner = i < node->prefix_count ? node->prefix[i] : node->items;
        int met = inner == NULL ? 0 : judge_inner(j, inner, PyList_GetItem(list, i));
        if (met < 1) {
            return met;
        }
    }
    return 1;
}

/* Of anything else Python looks at all that is inside, even if it is alone. */
static int are_different_texts(PyObject *list)
{
    if (PyList_Size(list) == 1) {
        return PyUnicode_CheckExact(PyList_GetItem(list, 0));
    }
    return all_differ(list);
}

static int judge_array(Judge *j, const Node *node, PyObject *list)
{
    Py_ssize_t size = PyList_Size(list);
    if (node->array == ARRAY_OF) {
        int met = enter(j, size) ? judge_items(j, node, list) : -1;
        j->depth--;
        if (met < 1) {
            return met;
        }
    }
    if (node->unique && !are_different_texts(list)) {
        return -1;
    }
    if (size < node->fewest_items || size > node->most_items) {
        return 0;
    }
    return node->is_tuple && size != node->prefix_count ? -1 : 1;
}

static int judge_pairs(Judge *j, const Node *node, PyObject *dict)
{
    PyObject *name, *value;
    Py_ssize_t at = 0;
    while (PyDict_Next(dict, &at, &name, &value)) {
        Node *inner;
        if (!PyUnicode_CheckExact(name)) {
            return -1;
        }
        Py_INCREF(name);
        Py_INCREF(value);
        int met = node_of_name(node, name, &inner);
        if (met > 0 && inner != NULL) {
            met = judge(j, inner, value);
        }
        Py_DECREF(name);
        Py_DECREF(value);
        if (met < 1) {
            return met;
        }
    }
    return 1;
}

static int judge_map(Judge *j, const Node *node, PyObject *dict)
{
    Py_ssize_t size = PyDict_Size(dict);
    int met = enter(j, size) ? judge_pairs(j, node, dict) : -1;
    j->depth--;
    return met < 1 ? met : size >= node->fewest && size <= node->most;
}

INLINE int is_name(const Field *field, const uint8_t *name, Py_ssize_t size)
{
    return field->name_size == size && size &&
           is_same(name, field->quoted + 1, (size_t)size);
}

/* The field of a name, NULL if there is none; most often it is one that came behind the
   last one lately. */
INLINE Field *find_field(const Class *cls, Field *last, const uint8_t *name,
                         Py_ssize_t size)
{
    if (LIKELY(is_name(last->next, name, size))) {
        return last->next;
    }
    if (is_name(last->other, name, size)) {
        return last->other;
    }
    const Entry *entry = lookup(&cls->by_name, name, (size_t)size);
    Field *field = entry == NULL ? NULL : entry->more;
    if (field != NULL && field->mask) {
        last->other = last->next;
        last->next = field;
    }
    return field;
}

INLINE int judge_property(Judge *j, const Class *cls, Field **last, uint64_t *seen,
                          PyObject *name, PyObject *value)
{
    Py_ssize_t size;
    const uint8_t *text = utf8_of(name, &size);
    if (UNLIKELY(text == NULL)) {
        return -1;
    }
    Field *field = find_field(cls, *last, text, size);
    if (UNLIKELY(field == NULL)) {
        return cls->closed ? 0 : cls->others ? judge_inner(j, cls->others, value) : 1;
    }
    *last = field;
    seen[field->index / 64] |= 1ull << field->index % 64;
    if (field->is_plain && PyUnicode_CheckExact(value)) {
        return 1;
    }
    return judge_inner(j, field->node, value);
}

static int judge_properties(Judge *j, const Class *cls, PyObject *dict)
{
    uint64_t seen[SEEN_WORDS] = {0};
    Field *last = &cls->fields[cls->count];
    PyObject *name, *value;
    Py_ssize_t at = 0, size = PyDict_Size(dict);
    while (PyDict_Next(dict, &at, &name, &value)) {
        int met = judge_property(j, cls, &last, seen, name, value);
        if (UNLIKELY(met < 1)) {
            return met;
        }
    }
    for (int word = 0; word * 64 < cls->count; word++) {
        if (cls->required[word] & ~seen[word]) {
            return 0;
        }
    }
    return size >= cls->fewest && size <= cls->most;
}

/* An object of a class. Where its fields do not say it all, a function of Python does. */
static int judge_object(Judge *j, Class *cls, PyObject *dict)
{
    if (UNLIKELY(cls->state != READY) &&
        (!class_ready(j->codec, cls) || cls->state != READY)) {
        return -1;
    }
    if (cls->valid != NULL) {
        return passes(cls->valid, dict);
    }
    int met = enter(j, PyDict_Size(dict)) ? judge_properties(j, cls, dict) : -1;
    j->depth--;
    return met;
}

/* The tag of an object, borrowed. It is looked for one by one, for names of another type
   would be asked whether they are equal to it. */
static PyObject *tag_of(const Node *node, PyObject *dict)
{
    PyObject *name, *value;
    Py_ssize_t at = 0, size;
    while (PyDict_Next(dict, &at, &name, &value)) {
        const uint8_t *text = utf8_of(name, &size);
        if (text == NULL) {
            return NULL;
        }
        if (size == node->tag_size && is_same(text, node->tag_text, (size_t)size)) {
            return value;
        }
    }
    return NULL;
}

static int judge_tagged(Judge *j, Node *node, PyObject *dict)
{
    Py_ssize_t size;
    PyObject *tag = tag_of(node, dict);
    const uint8_t *text = tag == NULL ? NULL : utf8_of(tag, &size);
    const Entry *entry =
        text == NULL ? NULL : find_entry(&node->cases, node->last_case, text, size);
    if (entry == NULL) {
        return -1;
    }
    node->last_case = entry;
    return judge(j, entry->more, dict);
}

static int judge_braces(Judge *j, Node *node, PyObject *dict)
{
    switch (node->object) {
    case OBJECT_OF_CLASS:
        return judge_object(j, node->cls, dict);
    case TAGGED_OBJECT:
        return judge_tagged(j, node, dict);
    case MAP_OF:
        return judge_map(j, node, dict);
    default:
        return node->object == ANY_OBJECT;
    }
}

/* --- values ------------------------------------------------------------------------ */

/* A union that only trying decides; where but one branch may accept, all are tried. */
static int judge_branches(Judge *j, const Node *node, PyObject *value)
{
    int found = 0;
    for (int i = 0; i < node->branches_count; i++) {
        int met = judge(j, node->branches[i], value);
        if (met < 0 || (met && found)) {
            return met < 0 ? -1 : 0;
        }
        found |= met;
        if (found && !node->is_exclusive) {
            break;
        }
    }
    return found;
}

static NOINLINE int judge_specially(Judge *j, const Node *node, PyObject *value)
{
    return node->valid != NULL      ? passes(node->valid, value)
           : node->branches != NULL ? judge_branches(j, node, value)
                                    : -1;
}

/* The JSON type of a value, -1 for what is not exactly one of Python's own. */
INLINE int type_of_value(PyObject *value)
{
    return PyUnicode_CheckExact(value)                         ? OF_STRING
           : PyDict_CheckExact(value)                          ? OF_OBJECT
           : PyLong_CheckExact(value)                          ? OF_NUMBER
           : value == Py_True || value == Py_False             ? OF_BOOLEAN
           : value == Py_None                                  ? OF_NULL
           : PyList_CheckExact(value)                          ? OF_ARRAY
           : PyFloat_CheckExact(value)                         ? OF_NUMBER
                                                               : -1;
}

static int judge(Judge *j, Node *node, PyObject *value)
{
    int type = type_of_value(value);
    if (UNLIKELY(type < 0)) {
        return -1;
    }
    while (UNLIKELY(!node->is_special && node->follow[type] != NULL)) {
        node = node->follow[type];
    }
    if (UNLIKELY(node->is_special)) {
        return judge_specially(j, node, value);
    }
    switch (type) {
    case OF_STRING:
        return node->string == NO_STRING ? 0 : judge_text(node, value);
    case OF_OBJECT:
        return judge_braces(j, node, value);
    case OF_ARRAY:
        return node->array == NO_ARRAY ? 0 : judge_array(j, node, value);
    case OF_BOOLEAN:
        return node->boolean;
    case OF_NULL:
        return node->null;
    default:
        return node->number == NO_NUMBER ? 0 : meets_number(node, value);
    }
}

/* Whether a value has what a node asks for. Python answers for scalars: that takes it no
   time, and the node of a class does not say whether null will do in place of it. */
int is_met(Codec *codec, Node *node, PyObject *value)
{
    Judge j = {.codec = codec};
    int is_scalar = !PyDict_CheckExact(value) && !PyList_CheckExact(value);
    int met = is_scalar ? -1 : judge(&j, node, value);
    if (met < 0 && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_Exception)) {
        PyErr_Clear();
    }
    return met;
}
