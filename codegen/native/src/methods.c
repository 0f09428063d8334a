/* The method `to_json` of all classes: a call of it is little more than the writing. */
#include "codec.h"
#include <structmember.h>

/* Types have had these since CPython 3.8; the stable ABI names them since 3.12. */
#define HAVE_VECTORCALL (1ul << 11)
#define OFFSET_FLAG ((size_t)1 << (8 * sizeof(size_t) - 1))

static PyObject *written_by_python(Method *method, PyObject *object)
{
    if (PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_Exception)) {
            return NULL;
        }
        PyErr_Clear();
    }
    return PyObject_CallFunctionObjArgs(method->python, object, NULL);
}

static PyObject *method_call(PyObject *self, PyObject *const *arguments, size_t flags,
                             PyObject *names)
{
    Method *method = (Method *)self;
    if (UNLIKELY((flags & ~OFFSET_FLAG) != 1 || names != NULL)) {
        PyErr_SetString(PyExc_TypeError, "to_json() takes no arguments");
        return NULL;
    }
    Class *cls = class_of_object(method->codec, arguments[0]);
    PyObject *text =
        cls == NULL ? NULL : encode_event(method->codec, cls, arguments[0]);
    return LIKELY(text != NULL) ? text : written_by_python(method, arguments[0]);
}

/* The same for whoever has a tuple. */
static PyObject *method_called(PyObject *self, PyObject *arguments, PyObject *named)
{
    PyObject *object = PyTuple_Size(arguments) == 1 ? PyTuple_GetItem(arguments, 0) : NULL;
    size_t count = object == NULL || (named != NULL && PyDict_Size(named)) ? 0 : 1;
    return method_call(self, &object, count, NULL);
}

/* Of a class it is the method in Python, and of an object where nobody calls it at once. */
static PyObject *method_get(PyObject *self, PyObject *object, PyObject *owner)
{
    Method *method = (Method *)self;
    if (object == NULL) {
        return Py_NewRef(method->python);
    }
    return PyObject_CallMethod(method->python, "__get__", "OO", object,
                               owner == NULL ? Py_None : owner);
}

PyObject *method_of(Codec *codec, PyTypeObject *type, PyObject *python)
{
    Method *method = (Method *)PyType_GenericAlloc(type, 0);
    if (method != NULL) {
        method->call = method_call;
        method->codec = (Codec *)Py_NewRef((PyObject *)codec);
        method->python = Py_NewRef(python);
    }
    return (PyObject *)method;
}

static int method_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((Method *)self)->codec);
    Py_VISIT(((Method *)self)->python);
    return 0;
}

static int method_clear(PyObject *self)
{
    Py_CLEAR(((Method *)self)->python);
    return 0;
}

static void method_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_CLEAR(((Method *)self)->python);
    Py_CLEAR(((Method *)self)->codec);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyMemberDef METHOD_MEMBERS[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Method, call), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot METHOD_SLOTS[] = {
    {Py_tp_call, method_called},     {Py_tp_descr_get, method_get},
    {Py_tp_members, METHOD_MEMBERS}, {Py_tp_traverse, method_traverse},
    {Py_tp_clear, method_clear},     {Py_tp_dealloc, method_dealloc},
    {0, NULL},
};

PyType_Spec METHOD_SPEC = {
    "wirewright_native._codec.Method", sizeof(Method), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION |
        Py_TPFLAGS_METHOD_DESCRIPTOR | HAVE_VECTORCALL,
    METHOD_SLOTS};
