/* The Python side: the codec of a package. */
#include "tables.h"

typedef struct {
    PyTypeObject *codec, *decoder, *order, *kept, *method;
} State;

/* --- codecs ------------------------------------------------------------------------ */

static int codec_traverse(PyObject *object, visitproc visit, void *arg)
{
    Codec *self = (Codec *)object;
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->keep);
    Py_VISIT(self->by_type);
    Py_VISIT(self->orders);
    Py_VISIT(self->order_type);
    Py_VISIT(self->events);
    Py_VISIT(self->classes);
    Py_VISIT(self->nodes);
    Py_VISIT(self->find_class);
    Py_VISIT(self->find_decoder);
    Py_VISIT(self->find_test);
    Py_VISIT(self->unset);
    Py_VISIT(self->drift);
    Py_VISIT(self->keepers);
    Py_VISIT(self->known_classes);
    Py_VISIT(self->known_nodes);
    return 0;
}

/* Nothing that tables point to may go before the codec itself does, for which its own
   memory must be there; what leads back to it are these functions. */
static int codec_clear(PyObject *object)
{
    Codec *self = (Codec *)object;
    Py_CLEAR(self->find_class);
    Py_CLEAR(self->find_decoder);
    Py_CLEAR(self->find_test);
    return 0;
}

static void codec_dealloc(PyObject *object)
{
    Codec *self = (Codec *)object;
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    codec_clear(object);
    Py_CLEAR(self->events);
    Py_CLEAR(self->classes);
    Py_CLEAR(self->nodes);
    Py_CLEAR(self->unset);
    Py_CLEAR(self->drift);
    Py_CLEAR(self->keepers);
    Py_CLEAR(self->frame_name);
    Py_CLEAR(self->known_classes);
    Py_CLEAR(self->known_nodes);
    Py_CLEAR(self->by_type);
    Py_CLEAR(self->orders);
    Py_CLEAR(self->order_type);
    Py_CLEAR(self->wire_name);
    Py_CLEAR(self->value_name);
    Py_CLEAR(self->text_name);
    Py_CLEAR(self->doubt);
    Py_CLEAR(self->mark);
    Py_CLEAR(self->null);
    Py_CLEAR(self->board);
    free_blocks(self);
    Py_CLEAR(self->keep);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyObject *codec_new(PyTypeObject *type, PyObject *arguments, PyObject *named)
{
    PyObject *events, *classes, *nodes, *find_class, *find_decoder, *find_test, *unset;
    PyObject *drift, *keepers, *frame_name;
    if (named != NULL && PyDict_Size(named) > 0) {
        PyErr_SetString(PyExc_TypeError, "Codec() takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(arguments, "(O!O!O!)OOOOOO!U:Codec", &PyDict_Type, &events,
                          &PyDict_Type, &classes, &PyDict_Type, &nodes, &find_class,
                          &find_decoder, &find_test, &unset, &drift,
                          &PySet_Type, &keepers, &frame_name)) {
        return NULL;
    }
    Codec *self = (Codec *)PyType_GenericAlloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->events = Py_NewRef(events);
    self->classes = Py_NewRef(classes);
    self->nodes = Py_NewRef(nodes);
    self->find_class = Py_NewRef(find_class);
    self->find_decoder = Py_NewRef(find_decoder);
    self->find_test = Py_NewRef(find_test);
    self->unset = Py_NewRef(unset);
    self->drift = Py_NewRef(drift);
    self->keepers = Py_NewRef(keepers);
    self->frame_name = Py_NewRef(frame_name);
    self->scan = choose_scan();
    self->copy = choose_copy();
    self->keep = PyList_New(0);
    self->known_classes = PyDict_New();
    self->known_nodes = PyDict_New();
    self->doubt = PyUnicode_InternFromString("doubt");
    self->mark = PyUnicode_InternFromString("mark");
    self->null = PyUnicode_InternFromString("null");
    self->by_type = PyDict_New();
    self->orders = PyList_New(0);
    self->wire_name = PyUnicode_InternFromString("_wire");
    self->value_name = PyUnicode_InternFromString("_value_");
    self->text_name = PyUnicode_InternFromString("_text");
    self->names = PyMem_Calloc(NAMES, sizeof(Cached));
    int is_whole = self->names && self->keep && self->known_classes &&
                   self->known_nodes && self->doubt && self->mark && self->null &&
                   self->by_type && self->orders && self->wire_name && self->value_name &&
                   self->text_name;
    if (!is_whole || make_board(self)) {
        Py_CLEAR(self);
        PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    return (PyObject *)self;
}

/* A function that has the state of its own that it needs. */
static PyObject *function_of(Codec *codec, PyMethodDef *method, PyObject *python,
                             Node *root)
{
    State *state = PyType_GetModuleState(Py_TYPE((PyObject *)codec));
    if (state == NULL) {
        return NULL;
    }
    Decoder *decoder = (Decoder *)PyType_GenericAlloc(state->decoder, 0);
    if (decoder == NULL) {
        return NULL;
    }
    decoder->codec = (Codec *)Py_NewRef((PyObject *)codec);
    decoder->python = Py_NewRef(python);
    decoder->root = root;
    PyObject *function = PyCFunction_New(method, (PyObject *)decoder);
    Py_DECREF(decoder);
    return function;
}

/* `validator(name, valid)`: what says whether values meet a schema, None if there are no
   tables for it. */
static PyObject *codec_validator(PyObject *object, PyObject *arguments)
{
    PyObject *name, *python;
    if (!PyArg_ParseTuple(arguments, "UO:validator", &name, &python)) {
        return NULL;
    }
    Node *root = node_of_schema((Codec *)object, name);
    return root != NULL       ? function_of((Codec *)object, &VALIDATE, python, root)
           : PyErr_Occurred() ? NULL
                              : Py_NewRef(Py_None);
}

static PyObject *function_for(PyObject *object, PyObject *arguments, PyMethodDef *method)
{
    Codec *self = (Codec *)object;
    PyObject *name, *python;
    if (!PyArg_ParseTuple(arguments, "UO", &name, &python)) {
        return NULL;
    }
    PyObject *spec = PyDict_GetItemWithError(self->events, name);
    if (spec == NULL) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    Node *root = node_of(self, spec);
    return root == NULL ? NULL : function_of(self, method, python, root);
}

/* `decoder(name, python)`: what decodes the frames of an event table, None if there are
   no tables for it. */
static PyObject *codec_decoder(PyObject *object, PyObject *arguments)
{
    return function_for(object, arguments, &DECODE);
}

/* `encoder(name, python)`: what writes the events of a table. */
static PyObject *codec_encoder(PyObject *object, PyObject *arguments)
{
    return function_for(object, arguments, &ENCODE);
}

/* `keeping(model)`: the attribute `_wire` for the base of all classes, which makes what
   objects keep when it is asked for. None if it cannot be that. */
static PyObject *codec_keeping(PyObject *object, PyObject *model)
{
    Codec *self = (Codec *)object;
    State *state = PyType_GetModuleState(Py_TYPE(object));
    if (state == NULL || !PyType_Check(model)) {
        return NULL;
    }
    PyObject *probe = PyType_GenericAlloc((PyTypeObject *)model, 0);
    if (probe == NULL) {
        return NULL;
    }
    Py_ssize_t offset = place_of_name(probe, size_of(model), "_wire");
    Py_DECREF(probe);
    if (!offset) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    Kept *kept = (Kept *)PyType_GenericAlloc(state->kept, 0);
    if (kept != NULL) {
        kept->codec = (Codec *)Py_NewRef(object);
        kept->model = (PyTypeObject *)Py_NewRef(model);
        kept->offset = offset;
        self->order_type = (PyTypeObject *)Py_NewRef((PyObject *)state->order);
    }
    return (PyObject *)kept;
}

/* `writing(to_json)`: the method of that name for the base of all classes, which writes
   what tables know, and else calls the one that it is given. */
static PyObject *codec_writing(PyObject *object, PyObject *python)
{
    State *state = PyType_GetModuleState(Py_TYPE(object));
    return state == NULL ? NULL : method_of((Codec *)object, state->method, python);
}

/* `counts(decode)`: how many frames such a function has answered, and handed on. */
static PyObject *counts(PyObject *module, PyObject *function)
{
    State *state = PyModule_GetState(module);
    PyObject *self = PyObject_GetAttrString(function, "__self__");
    if (self == NULL) {
        return NULL;
    }
    if (Py_TYPE(self) != state->decoder) {
        Py_DECREF(self);
        PyErr_SetString(PyExc_TypeError, "this decodes no frames by tables");
        return NULL;
    }
    Decoder *decoder = (Decoder *)self;
    PyObject *found = Py_BuildValue("(nn)", decoder->answered, decoder->handed_on);
    Py_DECREF(self);
    return found;
}

static PyMethodDef CODEC_METHODS[] = {
    {"decoder", codec_decoder, METH_VARARGS,
     "decoder($self, name, python, /)\n--\n\n"
     "What decodes the frames of an event table; `python` is given what it cannot."},
    {"encoder", codec_encoder, METH_VARARGS,
     "encoder($self, name, python, /)\n--\n\n"
     "What writes the events of a table; `python` is given what it cannot."},
    {"validator", codec_validator, METH_VARARGS,
     "validator($self, name, valid, /)\n--\n\n"
     "What says whether values meet a schema; `valid` is asked where tables do not."},
    {"keeping", codec_keeping, METH_O,
     "keeping($self, model, /)\n--\n\n"
     "The attribute by which objects have the JSON objects that they keep."},
    {"writing", codec_writing, METH_O,
     "writing($self, to_json, /)\n--\n\n"
     "The method by which objects are written; `to_json` is given what it cannot write."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot CODEC_SLOTS[] = {
    {Py_tp_new, codec_new},
    {Py_tp_traverse, codec_traverse},
    {Py_tp_clear, codec_clear},
    {Py_tp_dealloc, codec_dealloc},
    {Py_tp_methods, CODEC_METHODS},
    {Py_tp_doc, "The codec of one package, made of its tables."},
    {0, NULL},
};

static PyType_Spec CODEC_SPEC = {"wirewright_native._codec.Codec", sizeof(Codec), 0,
                                 Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, CODEC_SLOTS};

/* --- module ------------------------------------------------------------------------ */

static int module_exec(PyObject *module)
{
    State *state = PyModule_GetState(module);
    state->codec = (PyTypeObject *)PyType_FromModuleAndSpec(module, &CODEC_SPEC, NULL);
    state->decoder =
        (PyTypeObject *)PyType_FromModuleAndSpec(module, &DECODER_SPEC, NULL);
    state->order = (PyTypeObject *)PyType_FromModuleAndSpec(module, &ORDER_SPEC, NULL);
    state->kept = (PyTypeObject *)PyType_FromModuleAndSpec(module, &KEPT_SPEC, NULL);
    state->method = (PyTypeObject *)PyType_FromModuleAndSpec(module, &METHOD_SPEC, NULL);
    if (!state->codec || !state->decoder || !state->order || !state->kept ||
        !state->method) {
        return -1;
    }
    return PyModule_AddIntConstant(module, "TABLES", TABLES_VERSION) ||
                   PyModule_AddObjectRef(module, "Codec", (PyObject *)state->codec)
               ? -1
               : 0;
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);
    Py_VISIT(state->codec);
    Py_VISIT(state->decoder);
    Py_VISIT(state->order);
    Py_VISIT(state->kept);
    Py_VISIT(state->method);
    return 0;
}

static int module_clear(PyObject *module)
{
    State *state = PyModule_GetState(module);
    Py_CLEAR(state->codec);
    Py_CLEAR(state->decoder);
    Py_CLEAR(state->order);
    Py_CLEAR(state->kept);
    Py_CLEAR(state->method);
    return 0;
}

static PyMethodDef METHODS[] = {
    {"counts", counts, METH_O,
     "counts(decode, /)\n--\n\n"
     "How many frames such a function has answered itself, and handed to Python."},
    {NULL, NULL, 0, NULL},
};

/* Interpreters with a GIL of their own may load it, for all that it has is theirs; which
   CPython 3.11 does not ask, and would not understand. */
#define MULTIPLE_INTERPRETERS 3
#define OWN_GIL ((void *)2)
#define ASKS 0x030c0000

static PyModuleDef_Slot SLOTS[] = {
    {Py_mod_exec, module_exec},
    {MULTIPLE_INTERPRETERS, OWN_GIL},
    {0, NULL},
};

static PyModuleDef_Slot OLD_SLOTS[] = {{Py_mod_exec, module_exec}, {0, NULL}};

#define MODULE(slots)                                                                  \
    {                                                                                  \
        PyModuleDef_HEAD_INIT,                                                         \
        .m_name = "wirewright_native._codec",                                          \
        .m_doc = "One codec for all packages that wirewright generates, driven by "    \
                 "tables.",                                                            \
        .m_size = sizeof(State),                                                       \
        .m_methods = METHODS,                                                          \
        .m_slots = slots,                                                              \
        .m_traverse = module_traverse,                                                 \
        .m_clear = module_clear,                                                       \
    }

static struct PyModuleDef NEW = MODULE(SLOTS), OLD = MODULE(OLD_SLOTS);

PyMODINIT_FUNC PyInit__codec(void)
{
    return PyModuleDef_Init(Py_Version < ASKS ? &OLD : &NEW);
}
