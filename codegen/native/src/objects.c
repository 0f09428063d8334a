/* Objects: filled slot by slot in the order in which their properties arrive. */
#include "tables.h"

INLINE PyObject **slot(PyObject *object, Py_ssize_t offset)
{
    return (PyObject **)((char *)object + offset);
}


/* The colon behind a name, and what may stand around it. */
INLINE int pass_colon(Frame *f)
{
    f->p = skip_space(f->p);
    if (UNLIKELY(*f->p != ':')) {
        return 0;
    }
    f->p = skip_space(f->p + 1);
    return 1;
}

/* --- maps -------------------------------------------------------------------------- */

/* The node of the values of a name, NULL where they may be anything: that of the first
   pattern that it matches. 0 where there may be none, -1 with an exception. */
int node_of_name(const Node *node, PyObject *name, Node **found)
{
    *found = node == NULL ? NULL : node->values;
    for (int i = 0; node != NULL && i < node->patterns_count; i++) {
        int matches = passes(node->patterns[i].test, name);
        if (matches) {
            *found = node->patterns[i].node;
            return matches;
        }
    }
    return node == NULL || !node->is_closed;
}

static int read_pair(Frame *f, Node *node, PyObject *values, PyObject *wires)
{
    Node *inner;
    int ok = 0, known;
    PyObject *value = NULL, *wire = NULL, *name;
    if (*f->p != '"') {
        return 0;
    }
    f->p++;
    name = read_name(f);
    if (name == NULL || !pass_colon(f)) {
        goto done;
    }
    known = node_of_name(node, name, &inner);
    if (known < 1) {
        f->is_certain |= known == 0;
        goto done;
    }
    if (inner == NULL) {
        value = read_any(f);
        wire = Py_XNewRef(value);
    } else {
        value = read_value(f, inner, wires == NULL ? NULL : &wire);
    }
    ok = value != NULL && !PyDict_SetItem(values, name, value) &&
         (wires == NULL || !PyDict_SetItem(wires, name, wire));
done:
    Py_XDECREF(name);
    Py_XDECREF(value);
    Py_XDECREF(wire);
    return ok;
}

/* A name that stands there twice is for Python. */
static int read_pairs(Frame *f, Node *node, PyObject *values, PyObject *wires)
{
    Py_ssize_t count = 0;
    f->p = skip_space(f->p + 1);
    if (*f->p == '}') {
        f->p++;
        return 1;
    }
    while (read_pair(f, node, values, wires)) {
        count++;
        f->p = skip_space(f->p);
        if (*f->p == '}') {
            f->p++;
            return PyDict_Size(values) == count;
        }
        if (*f->p != ',') {
            return 0;
        }
        f->p = skip_space(f->p + 1);
    }
    return 0;
}

/* An object that is a dict; of any values where `node` is NULL. */
PyObject *read_map(Frame *f, Node *node, PyObject **wire)
{
    /* What is not turned into anything stays one and the same dict. */
    int apart = wire != NULL && node != NULL && node->turns;
    PyObject *values = PyDict_New(), *wires = apart ? PyDict_New() : NULL;
    int failed = values == NULL || (apart && wires == NULL) || ++f->depth > MAX_DEPTH ||
                 !read_pairs(f, node, values, wires);
    f->depth--;
    if (!failed && node != NULL) {
        Py_ssize_t size = PyDict_Size(values);
        failed = size < node->fewest || size > node->most;
        f->is_certain |= failed;
    }
    if (failed) {
        Py_CLEAR(values);
    } else if (wire != NULL) {
        *wire = Py_NewRef(apart ? wires : values);
    }
    Py_XDECREF(wires);
    return values;
}

/* --- classes ----------------------------------------------------------------------- */

/* An object while it is filled: what of it is there, and what has no field. */
typedef struct {
    PyObject *object, *extra, *wires;
    Field *last;
    Py_ssize_t count;
    uint64_t seen[SEEN_WORDS];
    uint8_t order[MAX_FIELDS];
} Filling;

/* The field of the name at `p`, by its table. */
static NOINLINE Field *look_up_field(Frame *f, Class *cls, Filling *filling,
                                     const uint8_t **to)
{
    const uint8_t *from = f->p + 1;
    *to = scan(f->scan, from, f->end);
    Entry *entry = *to < f->end && **to == '"'
                       ? lookup(&cls->by_name, from, (size_t)(*to - from))
                       : NULL;
    if (entry == NULL) {
        return NULL;
    }
    f->p = *to + 1;
    *to = NULL;
    if (!pass_colon(f)) {
        return NULL;
    }
    Field *field = entry->more;
    if (field->mask) {
        filling->last->other = filling->last->next;
        filling->last->next = field;
    }
    return field;
}

/* The field of the name at `p`, which is passed with its colon and what may stand around
   that; most come in an order in which they came lately, and without spaces. NULL for a
   name that is of no field, which ends at `to`, and where there is no colon. */
INLINE Field *find_field(Frame *f, Class *cls, Filling *filling, const uint8_t **to)
{
    Field *field = filling->last->next;
    if (LIKELY(f->end - f->p > MASKED)) {
        if (UNLIKELY(!goes_on(f->p, field->quoted, field->mask))) {
            field = filling->last->other;
            if (!goes_on(f->p, field->quoted, field->mask)) {
                return look_up_field(f, cls, filling, to);
            }
        }
        f->p = skip_space(f->p + field->quoted_size);
        return field;
    }
    return look_up_field(f, cls, filling, to);
}

/* Note that a property comes that no field holds; 0 where there are too many. */
static int is_beside(Class *cls, Filling *filling)
{
    if (filling->count <= MAX_FIELDS) {
        filling->order[filling->count - 1] = BESIDE;
    } else if (cls->is_lazy) {
        return 0;
    }
    if (filling->extra == NULL) {
        filling->extra = PyDict_New();
    }
    return filling->extra != NULL;
}

/* Put a value under a name into a dict. A name that stands there twice is for Python. */
static int put(PyObject *dict, PyObject *name, PyObject *value)
{
    Py_ssize_t before = PyDict_Size(dict);
    return !PyDict_SetItem(dict, name, value) && PyDict_Size(dict) > before;
}

/* A property without a field. */
static NOINLINE int read_unknown(Frame *f, Class *cls, Filling *filling)
{
    int ok = 0;
    PyObject *value = NULL, *name;
    if (cls->closed) {
        reject(f);
        return 0;
    }
    if (!is_beside(cls, filling)) {
        return 0;
    }
    f->p++;
    name = read_name(f);
    if (name != NULL && pass_colon(f)) {
        value = cls->others ? read_value(f, cls->others, NULL) : read_any(f);
    }
    ok = value != NULL && put(filling->extra, name, value) &&
         (filling->wires == NULL || !PyDict_SetItem(filling->wires, name, value));
    Py_XDECREF(name);
    Py_XDECREF(value);
    return ok;
}

/* A null where the field has no place for it: absence is None there. It is kept beside
   the fields, and is drift. */
static NOINLINE int read_null(Frame *f, Class *cls, Field *field, Filling *filling)
{
    if (f->trying || cls->closed || cls->others != NULL || f->end - f->p < 4 ||
        memcmp(f->p, "null", 4) != 0 || !is_beside(cls, filling)) {
        return 0;
    }
    f->p += 4;
    f->nulls = 1;
    *slot(filling->object, field->offset) = Py_NewRef(Py_None);
    return !PyDict_SetItem(filling->extra, field->wire, Py_None) &&
           (filling->wires == NULL ||
            !PyDict_SetItem(filling->wires, field->wire, Py_None));
}

/* The only value that there is. */
INLINE PyObject *read_only(Frame *f, const Entry *only)
{
    const uint8_t *from = f->p + 1, *to = from + only->size;
    if (UNLIKELY(f->end - from <= only->size || *to != '"' ||
                 !is_same(from, only->text, (size_t)only->size))) {
        return reject_text(f);
    }
    f->p = to + 1;
    return Py_NewRef(only->value);
}

INLINE int read_property(Frame *f, Class *cls, Filling *filling)
{
    const uint8_t *to = NULL;
    if (UNLIKELY(*f->p != '"')) {
        return 0;
    }
    Field *field = find_field(f, cls, filling, &to);
    Py_ssize_t place = filling->count++;
    if (UNLIKELY(field == NULL)) {
        /* An escape in a name may hide one that is known. */
        return to != NULL && to < f->end && *to == '"' && read_unknown(f, cls, filling);
    }
    filling->last = field;
    if (LIKELY(place < MAX_FIELDS)) {
        filling->order[place] = field->index;
    }
    uint64_t *seen = &filling->seen[field->index / 64], bit = 1ull << field->index % 64;
    if (UNLIKELY(*seen & bit)) {
        return 0;
    }
    *seen |= bit;
    uint8_t c = *f->p;
    if (UNLIKELY(c == 'n' && field->kind == OPTIONAL)) {
        return read_null(f, cls, field, filling);
    }
    PyObject *value, *wire = NULL;
    if (UNLIKELY(filling->wires != NULL)) {
        value = read_value(f, field->node, &wire);
    } else if (c == '"' && field->is_plain) {
        f->p++;
        value = read_string(f);
    } else if (c == '"' && field->is_only) {
        value = read_only(f, field->node->only);
    } else if (c == '{' && field->node->ready != NULL) {
        value = read_object(f, field->node->ready, NULL);
    } else {
        value = read_value(f, field->node, NULL);
    }
    *slot(filling->object, field->offset) = value;
    if (LIKELY(filling->wires == NULL)) {
        return value != NULL;
    }
    int ok = value != NULL && !PyDict_SetItem(filling->wires, field->wire, wire);
    Py_XDECREF(wire);
    return ok;
}

static int read_properties(Frame *f, Class *cls, Filling *filling)
{
    f->p = skip_space(f->p + 1);
    if (UNLIKELY(*f->p == '}')) {
        f->p++;
        return 1;
    }
    while (read_property(f, cls, filling)) {
        f->p = skip_space(f->p);
        if (*f->p == '}') {
            f->p++;
            return 1;
        }
        if (UNLIKELY(*f->p != ',')) {
            return 0;
        }
        f->p = skip_space(f->p + 1);
    }
    return 0;
}

/* Fill what is absent; 0 if something is that must be there. */
static int complete(Frame *f, Class *cls, Filling *filling)
{
    PyObject *unset = f->codec->unset;
    const Field *fields = cls->fields, *end = fields + cls->count;
    for (int word = 0; fields < end; word++, fields += 64) {
        uint64_t missing = cls->every[word] & ~filling->seen[word];
        if (UNLIKELY(missing & cls->required[word])) {
            reject(f);
            return 0;
        }
        for (; missing; missing &= missing - 1) {
            const Field *field = &fields[lowest_of(missing)];
            PyObject *absent = field->kind == NULLABLE ? unset : Py_None;
            *slot(filling->object, field->offset) = Py_NewRef(absent);
        }
    }
    int has_enough = filling->count >= cls->fewest && filling->count <= cls->most;
    f->is_certain |= !has_enough;
    return has_enough;
}

/* See to it that an object keeps what it has to keep. */
static int keep(Codec *codec, Class *cls, Filling *filling)
{
    PyObject *kept = Py_XNewRef(filling->wires);
    if (kept == NULL && filling->count <= MAX_FIELDS) {
        kept = order_of(codec, cls, filling->order, filling->count);
    }
    *slot(filling->object, cls->wire_offset) = kept;
    return kept != NULL;
}

/* An object of a class with nothing in it, of which the collector does not know yet. */
INLINE PyObject *new_object(const Class *cls)
{
    PyObject *object = PyObject_GC_New(PyObject, cls->type);
    if (LIKELY(object != NULL)) {
        memset(object + 1, 0, cls->size - sizeof(PyObject));
    }
    return object;
}

static PyObject *fill_object(Frame *f, Class *cls, Filling *filling, PyObject **wire)
{
    filling->object = new_object(cls);
    if (filling->object == NULL || ++f->depth > MAX_DEPTH ||
        !read_properties(f, cls, filling)) {
        return NULL;
    }
    f->depth--;
    if (!complete(f, cls, filling)) {
        return NULL;
    }
    if (cls->valid != NULL && !is_valid(f, cls->valid, filling->wires)) {
        return NULL;
    }
    PyObject *extra = filling->extra == NULL ? Py_None : filling->extra;
    *slot(filling->object, cls->extra_offset) = Py_NewRef(extra);
    if (cls->kept && !keep(f->codec, cls, filling)) {
        return NULL;
    }
    if (!cls->flat || filling->extra != NULL) {
        /* Others lead nowhere, so the collector need not look at them. */
        PyObject_GC_Track(filling->object);
    }
    if (wire != NULL) {
        *wire = filling->wires != NULL
                    ? Py_NewRef(filling->wires)
                    : plain_wires_of(f->codec, filling->object);
        if (*wire == NULL) {
            return NULL;
        }
    }
    return Py_NewRef(filling->object);
}

PyObject *read_object(Frame *f, Class *cls, PyObject **wire)
{
    Filling filling;
    memset(&filling, 0, offsetof(Filling, order));
    filling.last = &cls->fields[cls->count];
    if (cls->kept ? !cls->is_lazy : wire != NULL || cls->valid != NULL) {
        filling.wires = PyDict_New();
        if (filling.wires == NULL) {
            return NULL;
        }
    }
    PyObject *object = fill_object(f, cls, &filling, wire);
    Py_XDECREF(filling.object);
    Py_XDECREF(filling.extra);
    Py_XDECREF(filling.wires);
    return object;
}
