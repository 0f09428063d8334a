/* Values that Python has a say in, and those that only trying decides. */
#include "tables.h"

/* What the function of the Python codec makes of a value. It has to take it without
   drift, but for nulls, of which it has taken notice. */
static PyObject *mark_of(const Frame *f)
{
    const Codec *codec = f->codec;
    return PyObject_GetAttr(codec->drift, f->is_strict ? codec->mark : codec->doubt);
}

/* Whether the whole frame is JSON in which no name stands twice. What is not never gets
   to Python's functions, for they note drift that Python itself might not see there. */
static int is_whole(Frame *f)
{
    if (!f->is_whole) {
        Frame again = *f;
        again.p = skip_space(f->start);
        again.depth = 0;
        PyObject *value = read_any(&again);
        f->is_whole = value != NULL && skip_space(again.p) == f->end;
        Py_XDECREF(value);
    }
    return f->is_whole;
}

PyObject *in_python(Frame *f, const Node *node, PyObject **wire)
{
    /* What is only tried must not note drift. */
    const uint8_t *from = f->p;
    PyObject *value = !f->trying && is_whole(f) ? read_any(f) : NULL;
    PyObject *before = value == NULL ? NULL : mark_of(f);
    PyObject *made = NULL, *after = NULL;
    if (before != NULL) {
        made = PyObject_CallFunctionObjArgs(node->python, value, NULL);
        after = made == NULL ? NULL : mark_of(f);
    }
    if (after == NULL || after != before) {
        Py_CLEAR(made);
    } else if (wire != NULL) {
        /* Python has made objects of some of the value. */
        f->p = from;
        *wire = read_any(f);
        if (*wire == NULL) {
            Py_CLEAR(made);
        }
    }
    Py_XDECREF(before);
    Py_XDECREF(after);
    Py_XDECREF(value);
    return made;
}

/* Whether a function of Python says that a JSON value is valid. */
int is_valid(Frame *f, PyObject *valid, PyObject *wire)
{
    PyObject *said = PyObject_CallFunctionObjArgs(valid, wire, NULL);
    int found = said == NULL ? -1 : PyObject_IsTrue(said);
    Py_XDECREF(said);
    f->is_certain |= found == 0;
    return found == 1;
}

static PyObject *read_asked(Frame *f, Node *node, PyObject **wire)
{
    PyObject *raw = NULL, *value;
    if (node->asked == NULL) {
        value = read_any(f);
        raw = Py_XNewRef(value);
    } else {
        value = read_value(f, node->asked, &raw);
    }
    if (value != NULL && !is_valid(f, node->valid, raw)) {
        Py_CLEAR(value);
    }
    if (value != NULL && wire != NULL) {
        *wire = Py_NewRef(raw);
    }
    Py_XDECREF(raw);
    return value;
}

/* What one branch of a union makes of the value at `p`, of which nothing but what comes
   of it may be left if it fails. */
static PyObject *read_branch(Frame *f, Node *branch, PyObject **wire)
{
    const uint8_t *p = f->p;
    int depth = f->depth;
    f->is_certain = 0;
    f->trying++;
    PyObject *value = ++f->tries > MOST_TRIES ? NULL : read_value(f, branch, wire);
    f->trying--;
    if (value == NULL) {
        f->p = p;
        f->depth = depth;
        if (wire != NULL) {
            Py_CLEAR(*wire);
        }
    }
    return value;
}

/* A union that only trying decides: the first branch that accepts the value; where only
   one may, the others have to fail. Whoever fails has to be sure of it. */
static NOINLINE PyObject *read_tried(Frame *f, Node *node, PyObject **wire)
{
    const uint8_t *from = f->p, *to = from;
    PyObject *found = NULL;
    for (int i = 0; i < node->branches_count; i++) {
        PyObject *other = NULL;
        f->p = from;
        PyObject *value =
            read_branch(f, node->branches[i],
                        wire == NULL ? NULL : found == NULL ? wire : &other);
        Py_XDECREF(other);
        int is_unsure = value == NULL && (!f->is_certain || PyErr_Occurred());
        if (is_unsure || (value != NULL && found != NULL)) {
            f->is_certain = !is_unsure;
            Py_XDECREF(value);
            Py_XDECREF(found);
            return NULL;
        }
        if (value != NULL) {
            found = value;
            to = f->p;
            if (!node->is_exclusive) {
                break;
            }
        }
    }
    if (found != NULL) {
        f->p = to;
        f->is_certain = 0;
    }
    return found;
}

NOINLINE PyObject *read_specially(Frame *f, Node *node, PyObject **wire)
{
    return node->python != NULL  ? in_python(f, node, wire)
           : node->valid != NULL ? read_asked(f, node, wire)
                                 : read_tried(f, node, wire);
}
