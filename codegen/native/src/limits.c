/* What is known of numbers: limits, lists of them, and enums. */
#include "tables.h"

static int limit_in(PyObject *dict, const char *name, double *limit)
{
    PyObject *found = part(dict, name);
    if (found == NULL) {
        return 0;
    }
    *limit = PyFloat_AsDouble(found);
    return *limit == -1.0 && PyErr_Occurred() ? -1 : 1;
}

/* The members of an enum of integers, and how they are written. */
static int integers_of(Codec *codec, Node *node, PyObject *name)
{
    char text[24];
    PyObject *cls = PyObject_CallFunctionObjArgs(codec->find_class, name, NULL);
    PyObject *members = cls == NULL ? NULL : kept(codec, PySequence_List(cls));
    Py_ssize_t count = members == NULL ? 0 : PyList_Size(members);
    Py_XDECREF(cls);
    if (count == 0 || count > 1000) {
        return members == NULL ? -1 : wrong("an enum");
    }
    node->numbers = allocate(codec, (size_t)count * sizeof(int64_t));
    node->members = allocate(codec, (size_t)count * sizeof(PyObject *));
    node->member_values = allocate(codec, (size_t)count * sizeof(PyObject *));
    if (!node->numbers || !node->members || !node->member_values ||
        make_written(codec, &node->written, (size_t)count)) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *member = PyList_GetItem(members, i);
        PyObject *value = kept(codec, PyObject_GetAttrString(member, "value"));
        if (value == NULL || !PyLong_CheckExact(value)) {
            return value == NULL ? -1 : wrong("members");
        }
        node->members[i] = member;
        node->member_values[i] = value;
        node->numbers[i] = PyLong_AsLongLong(value);
        int size = PyOS_snprintf(text, sizeof(text), "%lld", (long long)node->numbers[i]);
        if (PyErr_Occurred() || add_written(codec, &node->written, member, text, size)) {
            return -1;
        }
    }
    node->numbers_count = (int)count;
    return 0;
}

/* What numbers may be. */
int number_of(Codec *codec, Node *node, PyObject *spec, uint8_t kind)
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
    PyObject *name = part(spec, "enum");
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
    node->is_any_integer = !node->has_low && !node->has_high && values == NULL &&
                           multiple == NULL && name == NULL;
    if (name != NULL && integers_of(codec, node, name)) {
        return -1;
    }
    return PyErr_Occurred() ? -1 : 0;
}
