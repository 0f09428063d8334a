/* The JSON objects that objects of some classes keep.

   Most of them are never asked for: they are for sending an object on. So nothing is
   made of one but the order in which its properties came, which most objects of a class
   share; the object itself has all else. It is made when it is first asked for, by the
   attribute `_wire`, which is this descriptor then. Whoever asks is given the very lists
   and maps of the object, with objects in them, so that what becomes of these is sent;
   a check, which asks while a frame is read, is given JSON. */
#include "tables.h"

static Order *new_order(Codec *codec, Class *cls, const uint8_t *fields,
                        Py_ssize_t count)
{
    Order *order = (Order *)PyType_GenericAlloc(codec->order_type, 0);
    if (order == NULL) {
        return NULL;
    }
    order->codec = (Codec *)Py_NewRef((PyObject *)codec);
    order->cls = cls;
    order->count = count;
    order->fields = PyMem_Malloc((size_t)count + 1);
    if (order->fields == NULL) {
        Py_DECREF(order);
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(order->fields, fields, (size_t)count);
    return order;
}

/* The order in which the fields of an object came. */
PyObject *order_of(Codec *codec, Class *cls, const uint8_t *fields, Py_ssize_t count)
{
    for (int i = 0; i < ORDERS; i++) {
        Order *last = (Order *)cls->orders[i];
        if (last != NULL && last->count == count &&
            memcmp(last->fields, fields, (size_t)count) == 0) {
            return Py_NewRef(cls->orders[i]);
        }
    }
    PyObject *order = (PyObject *)new_order(codec, cls, fields, count);
    int place = cls->oldest_order;
    if (order == NULL ||
        PyList_SetItem(codec->orders, cls->orders_place + place, Py_NewRef(order))) {
        Py_XDECREF(order);
        return NULL;
    }
    cls->orders[place] = order;
    cls->oldest_order = (place + 1) % ORDERS;
    return order;
}

/* --- what a value is in JSON ------------------------------------------------------- */

static PyObject *plain_of(Codec *codec, const Node *node, PyObject *value);

static const Node *settled(const Node *node, int type)
{
    for (int i = 0; node != NULL && i < MAX_DEPTH; i++) {
        const Node *next = node->valid != NULL ? node->asked : node->follow[type];
        if (next == NULL) {
            break;
        }
        node = next;
    }
    return node;
}

static PyObject *plain_of_list(Codec *codec, const Node *node, PyObject *value)
{
    Py_ssize_t count = PyList_Size(value);
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < count; i++) {
        PyObject *item = Py_XNewRef(PyList_GetItem(value, i));
        PyObject *wire = item == NULL ? NULL : plain_of(codec, node->items, item);
        if (wire == NULL || PyList_Append(list, wire)) {
            Py_CLEAR(list);
        }
        Py_XDECREF(item);
        Py_XDECREF(wire);
    }
    return list;
}

static PyObject *plain_of_dict(Codec *codec, const Node *node, PyObject *value)
{
    PyObject *dict = PyDict_New(), *pairs = dict == NULL ? NULL : PyDict_Items(value);
    Py_ssize_t count = pairs == NULL ? 0 : PyList_Size(pairs);
    for (Py_ssize_t i = 0; dict != NULL && i < count; i++) {
        PyObject *pair = PyList_GetItem(pairs, i);
        PyObject *name = PyTuple_GetItem(pair, 0), *item = PyTuple_GetItem(pair, 1);
        PyObject *wire = plain_of(codec, node->values, item);
        if (wire == NULL || PyDict_SetItem(dict, name, wire)) {
            Py_CLEAR(dict);
        }
        Py_XDECREF(wire);
    }
    if (pairs == NULL) {
        Py_CLEAR(dict);
    }
    Py_XDECREF(pairs);
    return dict;
}

/* The value of a member of an enum, and anything else as it is. */
static PyObject *member_of(Codec *codec, PyObject *value)
{
    PyObject *found = PyObject_GetAttr(value, codec->value_name);
    if (found == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        found = Py_NewRef(value);
    }
    return found;
}

/* The JSON object of an object whose properties came in an order: with the lists and
   maps of the object where it is to be `live`, else JSON. */
static PyObject *wires_of(Codec *codec, const Class *cls, PyObject *object,
                          const Order *order, int live);

/* What an object keeps that has just been read: JSON. NULL without an error where it is
   none of ours. */
PyObject *plain_wires_of(Codec *codec, PyObject *object)
{
    Class *cls = class_of_object(codec, object);
    if (cls == NULL || !cls->kept) {
        return NULL;
    }
    PyObject *kept = *(PyObject **)((char *)object + cls->wire_offset);
    if (!is_order(codec, kept)) {
        return Py_XNewRef(kept);
    }
    Order *order = (Order *)Py_NewRef(kept);
    PyObject *found = wires_of(codec, cls, object, order, 0);
    Py_DECREF(order);
    return found;
}

static PyObject *plain_of(Codec *codec, const Node *node, PyObject *value)
{
    if (is_scalar(value)) {
        return Py_NewRef(value);
    }
    if (PyList_CheckExact(value)) {
        node = settled(node, OF_ARRAY);
        int apart = node != NULL && node->turns && node->items != NULL;
        return apart ? plain_of_list(codec, node, value) : Py_NewRef(value);
    }
    if (PyDict_CheckExact(value)) {
        node = settled(node, OF_OBJECT);
        int apart = node != NULL && node->turns && node->values != NULL;
        return apart ? plain_of_dict(codec, node, value) : Py_NewRef(value);
    }
    PyObject *found = plain_wires_of(codec, value);
    return found == NULL && !PyErr_Occurred() ? member_of(codec, value) : found;
}

static PyObject *live_of(Codec *codec, PyObject *value)
{
    if (is_scalar(value) || PyList_CheckExact(value) || PyDict_CheckExact(value)) {
        return Py_NewRef(value);
    }
    PyObject *found = PyObject_GetAttr(value, codec->wire_name);
    if (found == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        found = member_of(codec, value);
    }
    return found;
}

/* Put the next property that no field holds into a dict, if it is still there. */
static int put_beside(PyObject *dict, PyObject *extra, Py_ssize_t *at)
{
    PyObject *name, *item;
    if (extra == NULL || !PyDict_Check(extra) || !PyDict_Next(extra, at, &name, &item)) {
        return 0;
    }
    Py_INCREF(name);
    Py_INCREF(item);
    int failed = PyDict_SetItem(dict, name, item);
    Py_DECREF(name);
    Py_DECREF(item);
    return failed;
}

static int put_field(Codec *codec, PyObject *dict, const Field *field, PyObject *object,
                     int live)
{
    PyObject *value = Py_XNewRef(*(PyObject **)((char *)object + field->offset));
    if (value == NULL) {
        PyErr_SetObject(PyExc_AttributeError, field->wire);
        return -1;
    }
    PyObject *wire = live ? live_of(codec, value) : plain_of(codec, field->node, value);
    int failed = wire == NULL || PyDict_SetItem(dict, field->wire, wire);
    Py_DECREF(value);
    Py_XDECREF(wire);
    return failed;
}

static PyObject *wires_of(Codec *codec, const Class *cls, PyObject *object,
                          const Order *order, int live)
{
    const uint8_t *fields = order->fields, *end = fields + order->count;
    PyObject *dict = PyDict_New();
    PyObject *extra = Py_XNewRef(*(PyObject **)((char *)object + cls->extra_offset));
    Py_ssize_t at = 0;
    for (; dict != NULL && fields < end; fields++) {
        if (*fields == BESIDE
                ? put_beside(dict, extra, &at)
                : put_field(codec, dict, &cls->fields[*fields], object, live)) {
            Py_CLEAR(dict);
        }
    }
    Py_XDECREF(extra);
    return dict;
}

/* --- the attribute ----------------------------------------------------------------- */

static int make_field_live(Codec *codec, PyObject *dict, const Field *field,
                           PyObject *value)
{
    PyObject *came = PyDict_GetItemWithError(dict, field->wire);
    if (came == NULL) {
        return PyErr_Occurred() ? -1 : 0;
    }
    int is_apart = PyList_CheckExact(value) || PyDict_CheckExact(value) ||
                   PyTuple_CheckExact(value);
    PyObject *wire = is_apart                  ? Py_NewRef(value)
                     : PyDict_CheckExact(came) ? live_of(codec, value)
                                               : Py_NewRef(came);
    int failed = wire == NULL || PyDict_SetItem(dict, field->wire, wire);
    Py_XDECREF(wire);
    return failed;
}

/* Put the lists and maps of an object into what it keeps, where that was made while its
   frame was read, and see to it that the objects in it have theirs. */
static int make_live(Codec *codec, PyObject *object, PyObject *dict)
{
    Class *cls = class_of_object(codec, object);
    for (int i = 0; cls != NULL && i < cls->count; i++) {
        const Field *field = &cls->fields[i];
        PyObject *value = *(PyObject **)((char *)object + field->offset);
        if (value == NULL || is_scalar(value)) {
            continue;
        }
        Py_INCREF(value);
        int failed = make_field_live(codec, dict, field, value);
        Py_DECREF(value);
        if (failed) {
            return -1;
        }
    }
    return PyErr_Occurred() ? -1 : 0;
}

static void refuse(void)
{
    PyErr_SetString(PyExc_TypeError, "this object keeps no JSON object");
}

/* What an object keeps, made of its order if that is all there is of it. */
static PyObject *made_kept(Kept *kept, PyObject *object, PyObject **slot)
{
    PyObject *found = Py_NewRef(*slot);
    if (!is_order(kept->codec, found)) {
        if (PyDict_CheckExact(found) && make_live(kept->codec, object, found)) {
            Py_CLEAR(found);
        }
        return found;
    }
    Order *order = (Order *)found;
    PyObject *dict = NULL;
    if (PyObject_TypeCheck(object, order->cls->type)) {
        dict = wires_of(order->codec, order->cls, object, order, 1);
    } else {
        refuse();
    }
    if (dict != NULL && *slot == found) {
        *slot = Py_NewRef(dict);
        Py_DECREF(found);
    }
    Py_DECREF(found);
    return dict;
}

static PyObject *kept_get(PyObject *self, PyObject *object, PyObject *owner)
{
    Kept *kept = (Kept *)self;
    if (object == NULL) {
        return Py_NewRef(self);
    }
    if (!PyObject_TypeCheck(object, kept->model)) {
        refuse();
        return NULL;
    }
    PyObject **slot = (PyObject **)((char *)object + kept->offset), *found = NULL;
    if (*slot == NULL) {
        PyErr_SetString(PyExc_AttributeError, "_wire");
    } else if (!Py_EnterRecursiveCall(" in what an object keeps")) {
        /* Somebody may have put objects into each other. */
        found = made_kept(kept, object, slot);
        Py_LeaveRecursiveCall();
    }
    return found;
}

static int kept_set(PyObject *self, PyObject *object, PyObject *value)
{
    Kept *kept = (Kept *)self;
    if (is_order(kept->codec, value) || !PyObject_TypeCheck(object, kept->model)) {
        refuse();
        return -1;
    }
    PyObject **slot = (PyObject **)((char *)object + kept->offset), *before = *slot;
    if (before == NULL && value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "_wire");
        return -1;
    }
    *slot = Py_XNewRef(value);
    Py_XDECREF(before);
    return 0;
}

static int kept_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((Kept *)self)->model);
    Py_VISIT(((Kept *)self)->codec);
    return 0;
}

static int kept_clear(PyObject *self)
{
    Py_CLEAR(((Kept *)self)->model);
    return 0;
}

static void kept_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_CLEAR(((Kept *)self)->model);
    Py_CLEAR(((Kept *)self)->codec);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyType_Slot KEPT_SLOTS[] = {
    {Py_tp_descr_get, kept_get},   {Py_tp_descr_set, kept_set},
    {Py_tp_traverse, kept_traverse}, {Py_tp_clear, kept_clear},
    {Py_tp_dealloc, kept_dealloc}, {0, NULL},
};

PyType_Spec KEPT_SPEC = {
    "wirewright_native._codec.Kept", sizeof(Kept), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    KEPT_SLOTS};

/* --- orders ------------------------------------------------------------------------ */

static int order_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((Order *)self)->codec);
    return 0;
}

static void order_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    PyMem_Free(((Order *)self)->fields);
    Py_CLEAR(((Order *)self)->codec);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyType_Slot ORDER_SLOTS[] = {
    {Py_tp_traverse, order_traverse},
    {Py_tp_dealloc, order_dealloc},
    {0, NULL},
};

PyType_Spec ORDER_SPEC = {
    "wirewright_native._codec.Order", sizeof(Order), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    ORDER_SLOTS};
