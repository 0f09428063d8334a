/* What decodes the frames of one event table, and writes its events. */
#include "tables.h"

/* --- frames ------------------------------------------------------------------------ */

/* Where the text of a frame is; 0 for what only Python reads. */
static int open_frame(Frame *f, PyObject *frame)
{
    Py_ssize_t size;
    if (PyUnicode_CheckExact(frame)) {
        f->start = (const uint8_t *)PyUnicode_AsUTF8AndSize(frame, &size);
        if (f->start == NULL) {
            return 0; /* half of a surrogate pair */
        }
        f->source = PyUnicode_GetLength(frame) == size ? frame : NULL;
    } else if (PyBytes_CheckExact(frame)) {
        char *text;
        if (PyBytes_AsStringAndSize(frame, &text, &size)) {
            return 0;
        }
        f->start = (const uint8_t *)text;
    } else {
        return 0;
    }
    f->p = skip_space(f->start);
    f->end = f->mixed = f->mixed_end = f->start + size;
    if (size < LEAST_SCANNED) {
        f->scan = scan_portably;
    }
    if (*f->p != '{') {
        return 0;
    }
    if (f->source == NULL) {
        take_board(f);
    }
    return 1;
}

/* Note a null where none is allowed, as Python does. */
static int note(Codec *codec)
{
    PyObject *function = PyObject_GetAttr(codec->drift, codec->null);
    PyObject *noted =
        function == NULL ? NULL : PyObject_CallFunctionObjArgs(function, NULL);
    Py_XDECREF(function);
    Py_XDECREF(noted);
    return noted != NULL;
}

/* The event in a frame; NULL where Python has to decode it, then without an exception
   but for those that end programs. */
static PyObject *answer(Decoder *self, PyObject *frame, int is_strict)
{
    Frame f = {.scan = self->codec->scan, .codec = self->codec, .is_strict = is_strict};
    PyObject *event = open_frame(&f, frame) ? read_value(&f, self->root, NULL) : NULL;
    if (event != NULL && (skip_space(f.p) != f.end ||
                          (f.nulls && (is_strict || !note(self->codec))))) {
        Py_CLEAR(event);
    }
    if (f.has_board) {
        self->codec->is_board_used = 0;
    }
    if (event == NULL && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_Exception)) {
        PyErr_Clear();
    }
    return event;
}

/* What Python makes of the arguments of a call. */
static PyObject *handed_on(Decoder *self, PyObject *const *arguments, Py_ssize_t count,
                           PyObject *names)
{
    PyObject *given = PyTuple_New(count), *named = NULL, *result = NULL;
    for (Py_ssize_t i = 0; given != NULL && i < count; i++) {
        PyTuple_SetItem(given, i, Py_NewRef(arguments[i]));
    }
    Py_ssize_t more = names == NULL ? 0 : PyTuple_Size(names);
    int failed = given == NULL || (more && !(named = PyDict_New()));
    for (Py_ssize_t i = 0; !failed && i < more; i++) {
        failed = PyDict_SetItem(named, PyTuple_GetItem(names, i), arguments[count + i]);
    }
    if (!failed) {
        result = PyObject_Call(self->python, given, named);
    }
    Py_XDECREF(given);
    Py_XDECREF(named);
    return result;
}

/* Read keywords that are true: 0 for any other, and where some value is no boolean. */
static int read_keywords(PyObject *const *values, PyObject *names, int *is_strict,
                         int *keeps)
{
    Py_ssize_t count = names == NULL ? 0 : PyTuple_Size(names);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *name = PyTuple_GetItem(names, i);
        int strict = PyUnicode_CompareWithASCIIString(name, "strict") == 0;
        int keep = PyUnicode_CompareWithASCIIString(name, "keep_frame") == 0;
        if (!PyBool_Check(values[i]) || (!strict && !keep)) {
            return 0;
        }
        *(strict ? is_strict : keeps) = values[i] == Py_True;
    }
    return 1;
}

/* Let an event that was just made keep the frame that it came in, as bytes. */
static int keep_frame(Codec *codec, PyObject *event, PyObject *frame)
{
    const Class *cls = class_of_object(codec, event);
    PyObject *text = PyBytes_CheckExact(frame) ? Py_NewRef(frame)
                                               : PyUnicode_AsUTF8String(frame);
    PyObject *beside = text == NULL ? NULL : PyDict_New();
    int failed = cls == NULL || beside == NULL ||
                 PyDict_SetItem(beside, codec->frame_name, text) ||
                 PySet_Add(codec->keepers, (PyObject *)cls->type);
    if (!failed) {
        *(PyObject **)((char *)event + cls->bytes_offset) = Py_NewRef(beside);
    }
    Py_XDECREF(text);
    Py_XDECREF(beside);
    return !failed;
}

static PyObject *decode(PyObject *object, PyObject *const *arguments, Py_ssize_t count,
                        PyObject *names)
{
    Decoder *self = (Decoder *)object;
    int is_strict = 0, keeps = 0;
    if (LIKELY(count == 1 && read_keywords(arguments + 1, names, &is_strict, &keeps))) {
        PyObject *event = answer(self, arguments[0], is_strict);
        if (event != NULL && keeps && !keep_frame(self->codec, event, arguments[0])) {
            Py_CLEAR(event);
        }
        if (LIKELY(event != NULL)) {
            self->answered++;
            return event;
        }
        if (PyErr_Occurred()) {
            return NULL;
        }
        self->handed_on++;
    }
    return handed_on(self, arguments, count, names);
}

PyMethodDef DECODE = {
    "decode", (PyCFunction)(void (*)(void))decode, METH_FASTCALL | METH_KEYWORDS,
    "decode($self, frame, *, strict=False, keep_frame=False)\n--\n\n"
    "The event in a frame, as the method of the same name decodes it."};

/* Whether the objects of a class are events that a node leads to. */
static int leads_to(const Node *node, const Class *cls, int depth)
{
    if (node == NULL || depth > MAX_DEPTH) {
        return 0;
    }
    if (node->object != TAGGED_OBJECT) {
        return node->object == OBJECT_OF_CLASS && node->cls == cls;
    }
    for (size_t at = 0; at <= node->cases.mask; at++) {
        const Entry *entry = &node->cases.entries[at];
        if (entry->text != NULL && leads_to(entry->more, cls, depth + 1)) {
            return 1;
        }
    }
    return 0;
}

/* The text of an event, NULL where Python has to write it or to refuse it. */
static PyObject *written(Decoder *self, PyObject *event)
{
    Class *cls = class_of_object(self->codec, event);
    if (cls == NULL) {
        return NULL;
    }
    if (UNLIKELY(self->last != cls)) {
        if (!leads_to(self->root, cls, 0)) {
            return NULL;
        }
        self->last = cls;
    }
    return encode_event(self->codec, cls, event);
}

static PyObject *encode(PyObject *object, PyObject *event)
{
    Decoder *self = (Decoder *)object;
    PyObject *text = written(self, event);
    if (LIKELY(text != NULL)) {
        self->answered++;
        return text;
    }
    if (PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_Exception)) {
            return NULL;
        }
        PyErr_Clear();
    }
    self->handed_on++;
    return PyObject_CallFunctionObjArgs(self->python, event, NULL);
}

PyMethodDef ENCODE = {"encode", encode, METH_O,
                             "encode($self, event, /)\n--\n\n"
                             "The frame that carries an event, as the method of the same "
                             "name writes it."};

static PyObject *validate(PyObject *object, PyObject *value)
{
    Decoder *self = (Decoder *)object;
    int met = is_met(self->codec, self->root, value);
    if (LIKELY(met >= 0)) {
        self->answered++;
        return Py_NewRef(met ? Py_True : Py_False);
    }
    if (PyErr_Occurred()) {
        return NULL;
    }
    self->handed_on++;
    return PyObject_CallFunctionObjArgs(self->python, value, NULL);
}

PyMethodDef VALIDATE = {"validate", validate, METH_O,
                        "validate($self, value, /)\n--\n\n"
                        "Whether a value meets a schema, as the function of Python says "
                        "it."};

/* --- decoders ---------------------------------------------------------------------- */

static int decoder_traverse(PyObject *object, visitproc visit, void *arg)
{
    Decoder *self = (Decoder *)object;
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->codec);
    Py_VISIT(self->python);
    return 0;
}

static int decoder_clear(PyObject *object)
{
    Py_CLEAR(((Decoder *)object)->python);
    return 0;
}

static void decoder_dealloc(PyObject *object)
{
    Decoder *self = (Decoder *)object;
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    Py_CLEAR(self->codec);
    Py_CLEAR(self->python);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyType_Slot DECODER_SLOTS[] = {
    {Py_tp_traverse, decoder_traverse},
    {Py_tp_clear, decoder_clear},
    {Py_tp_dealloc, decoder_dealloc},
    {Py_tp_doc, "Decodes the frames of one event table."},
    {0, NULL},
};

PyType_Spec DECODER_SPEC = {
    "wirewright_native._codec.Decoder", sizeof(Decoder), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    DECODER_SLOTS};
