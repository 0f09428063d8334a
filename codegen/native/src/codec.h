/* What all parts of the codec share: tables, and the state of reading one frame. */
#ifndef WIREWRIGHT_CODEC_H
#define WIREWRIGHT_CODEC_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "scan.h"

#define TABLES_VERSION 4
#define MAX_DEPTH 100   /* What nests deeper is left to Python. */
#define MAX_FIELDS 256  /* So are classes with more fields. */
#define ORDERS 4        /* Of the fields of a class so many are remembered. */
#define MOST_TRIES 4096 /* Of branches of unions, in one frame. */
#define SEEN_WORDS (MAX_FIELDS / 64)

/* --- tables ------------------------------------------------------------------------ */

/* From texts, as they stand in a frame, to what they mean. */
typedef struct {
    const char *text;
    Py_ssize_t size;
    uint64_t hash;
    PyObject *value;  /* what a text becomes */
    PyObject *wire;   /* the text itself as a `str` */
    void *more;       /* a node or a field */
} Entry;

typedef struct {
    size_t mask;
    Entry *entries;
} Table;

/* From objects that stand for texts to these as they are written, with quotation
   marks. */
typedef struct {
    PyObject *object;
    const char *text;
    Py_ssize_t size;
} Written;

typedef struct {
    size_t mask;
    Written *texts;
} WrittenTable;

typedef struct Node Node;
typedef struct Class Class;

/* The values of a map whose names pass a test. */
typedef struct {
    PyObject *test;
    Node *node;
} Named;

enum string_kind { NO_STRING, ANY_STRING, LISTED_STRING, OPEN_STRING };
enum number_kind { NO_NUMBER, ANY_NUMBER, INTEGER };
enum array_kind { NO_ARRAY, ANY_ARRAY, ARRAY_OF };
enum object_kind { NO_OBJECT, ANY_OBJECT, MAP_OF, OBJECT_OF_CLASS, TAGGED_OBJECT };
enum type_index { OF_NUMBER, OF_NULL, OF_BOOLEAN, OF_STRING, OF_ARRAY, OF_OBJECT };

/* What values may be and what becomes of them, by their JSON type. */
struct Node {
    /* What is asked for nearly every value stands first, in as few lines of the cache as
       it fits in. */
    uint8_t is_special;   /* whether something else than its type decides, see below */
    uint8_t null, boolean;
    uint8_t number, string, array, object;
    uint8_t is_any_integer;  /* whether every integer will do */
    uint8_t is_plain;     /* whether any text will do, as it is */
    uint8_t is_limited;   /* whether texts are asked for more than to be listed */
    uint8_t turns, unique;
    uint8_t is_tuple, has_end;
    uint8_t is_closed;    /* whether a map has no values but those with patterns */
    uint8_t is_exclusive; /* whether a value may be of but one of the branches */
    Node *follow[6];      /* another node that decides for a JSON type */
    Class *cls, *recent;  /* that of the node, and of the object written last */
    Class *ready;         /* that of the node, if objects of it can be read at once */
    Node *items, *values;
    WrittenTable written;
    const Entry *last_listed;  /* the text that was read last */
    Entry *only;          /* of a list with a single text */
    Table listed;
    Py_ssize_t fewest_items, most_items;
    PyObject *form;       /* what makes a value of a text that is known by its format */
    PyTypeObject *carrying;  /* the type of such values, once there was one */
    int prefix_count, patterns_count;
    Node **prefix;        /* the first items have nodes of their own */
    Named *patterns;      /* of names whose values have nodes of their own */
    Py_ssize_t fewest, most;  /* properties of a map */
    PyObject *tag;        /* the property that tells objects apart */
    const char *tag_text;
    Py_ssize_t tag_size;
    Table cases;
    const Entry *last_case;
    uint8_t is_above, is_below;  /* whether limits are exclusive */
    uint8_t has_low, has_high;
    int numbers_count, tests_count;
    double low, high;
    int64_t *numbers;     /* if only some integers are allowed */
    PyObject **members, **member_values;  /* what these become, and what they were */
    uint32_t divisor, divided;  /* multiples of `divisor / divided` are allowed */
    Py_ssize_t shortest, longest;  /* of strings */
    PyObject **tests;     /* what says whether a text has a pattern or format */
    PyObject *python;     /* a function of the Python codec that decides it all */
    PyObject *python_name;
    PyObject *valid;      /* one that says whether a JSON value is valid */
    Node *asked;          /* that of such a value; any, if there is none */
    Node **branches;      /* if only trying them decides */
    int branches_count;
};

enum field_kind { REQUIRED, OPTIONAL, NULLABLE };

typedef struct Field Field;

struct Field {
    const char *quoted;   /* its name as it stands in JSON, with the colon; behind that the
                             only value that there is, with the comma */
    uint32_t mask;        /* see `goes_on`; 0 if the name is too long for it */
    uint16_t quoted_size, whole_size;
    uint8_t kind, is_plain, is_only;
    uint8_t index;
    uint16_t offset, name_size;  /* the latter 0 if its name has escapes */
    Node *node;
    Field *next, *other;  /* what came behind it the last times, with a mask */
    PyObject *only;       /* the value that it nearly always has */
    PyObject *wire;
};

enum class_state { UNRESOLVED, READY, IN_PYTHON, BROKEN };

struct Class {
    PyObject *name;
    PyObject *spec;       /* its entry in the tables, until it is ready */
    uint8_t state;
    uint8_t closed, kept, flat;
    PyTypeObject *type;
    size_t size;          /* of its objects */
    PyObject *valid;      /* what says whether a JSON object is valid, if fields do not */
    int count;
    Field *fields;        /* behind the last stands what is before the first */
    Table by_name;
    uint64_t every[SEEN_WORDS], required[SEEN_WORDS];
    Py_ssize_t extra_offset, wire_offset, bytes_offset;
    Py_ssize_t fewest, most;
    Node *others;
    Node as_python;       /* what decides in its place if Python has to */
    uint8_t is_lazy;      /* whether what is kept can be made later */
    PyObject *orders[ORDERS];  /* in which fields came lately; the codec holds them */
    Py_ssize_t orders_place;
    int oldest_order;
};

typedef struct Block Block;

/* Names of properties that no field has. Few of them come again and again. */
#define NAMES 512
#define LONGEST_NAME 40
#define WRITTEN 64 /* classes of objects that were written, see `class_of_object` */

typedef struct {
    PyObject *name;
    uint8_t size;
    char text[LONGEST_NAME];
} Cached;

typedef struct {
    PyObject_HEAD
    PyObject *keep;       /* a list of everything that tables refer to */
    PyObject *events, *classes, *nodes;
    PyObject *find_class, *find_decoder, *find_test;
    PyObject *unset, *drift;
    PyObject *keepers, *frame_name;  /* classes with kept frames, and the name of these */
    PyObject *known_classes, *known_nodes;  /* pointers to those that are made */
    PyObject *by_type;    /* pointers to classes whose objects were written, by where
                             their types are */
    Class *written[WRITTEN];  /* the last of them, each at the place of its type */
    PyObject *orders;     /* the last order of each class */
    PyTypeObject *order_type;
    PyObject *wire_name, *value_name, *text_name;
    PyObject *doubt, *mark;  /* names of the marks of drift */
    PyObject *null;       /* the name of what notes a null */
    Block *blocks;
    Cached *names;
    scan_fn scan;
    copy_fn copy;
    PyObject *board;      /* a `str` that is written to, see strings.c */
    char *board_text;
    uint8_t is_board_used;
} Codec;

typedef struct {
    PyObject_HEAD
    Codec *codec;
    PyObject *python;     /* what decodes what this cannot */
    Node *root;
    Class *last;          /* of the event that was encoded last */
    Py_ssize_t answered, handed_on;
} Decoder;

/* In which order the properties of an object came that keeps its JSON object: fields by
   their index, and what is beside the fields, which has its own order. */
#define BESIDE 255

typedef struct {
    PyObject_HEAD
    Codec *codec;
    Class *cls;
    Py_ssize_t count;
    uint8_t *fields;
} Order;

INLINE int is_scalar(PyObject *value)
{
    return PyUnicode_CheckExact(value) || value == Py_None || PyLong_CheckExact(value) ||
           PyFloat_CheckExact(value) || PyBool_Check(value);
}

/* Whether what an object keeps is such an order. It is that of the object then: nobody
   else can put one there. */
INLINE int is_order(const Codec *codec, PyObject *kept)
{
    return kept != NULL && Py_TYPE(kept) == codec->order_type;
}

/* The attribute by which objects have what they keep. */
typedef struct {
    PyObject_HEAD
    Codec *codec;
    PyTypeObject *model;
    Py_ssize_t offset;
} Kept;

/* The method `to_json` of all classes. */
typedef PyObject *(*call_fn)(PyObject *, PyObject *const *, size_t, PyObject *);

typedef struct {
    PyObject_HEAD
    call_fn call;
    Codec *codec;
    PyObject *python;     /* the method that it takes the place of */
} Method;

/* methods.c */
extern PyType_Spec METHOD_SPEC;
PyObject *method_of(Codec *codec, PyTypeObject *type, PyObject *python);

/* decoders.c */
extern PyType_Spec DECODER_SPEC;
extern PyMethodDef DECODE, ENCODE, VALIDATE;

/* wires.c */
extern PyType_Spec ORDER_SPEC, KEPT_SPEC;
PyObject *order_of(Codec *codec, Class *cls, const uint8_t *fields, Py_ssize_t count);
PyObject *plain_wires_of(Codec *codec, PyObject *object);

/* tables.c */
int table_find(const Table *table, const uint8_t *text, Py_ssize_t size, Entry **found);
Node *node_of(Codec *codec, PyObject *spec);
Node *node_of_schema(Codec *codec, PyObject *name);
PyObject *test_of(Codec *codec, PyObject *test);
int passes(PyObject *test, PyObject *value);
Class *class_of(Codec *codec, PyObject *name);
int class_ready(Codec *codec, Class *cls);
void free_blocks(Codec *codec);
Py_ssize_t place_of_name(PyObject *object, Py_ssize_t size, const char *name);
Py_ssize_t size_of(PyObject *type);

/* --- one frame --------------------------------------------------------------------- */

typedef struct {
    const uint8_t *p, *start, *end;
    int is_whole;         /* whether it is known to be JSON to its end */
    int nulls;            /* whether one stands where none is allowed */
    int is_strict;        /* whether drift of any kind is for Python */
    int trying;           /* how many branches are being tried, one in the other */
    int tries;
    int is_certain;       /* whether what failed last would fail in Python */
    PyObject *source;     /* what texts are cut out of, if there is something */
    const uint8_t *mixed, *mixed_end;  /* between them are others than of ASCII */
    uint8_t has_board;
    scan_fn scan;
    Codec *codec;
    int depth;
} Frame;

/* What a frame has is not what a node says, and Python would say so, too. */
INLINE PyObject *reject(Frame *f)
{
    f->is_certain = 1;
    return NULL;
}

/* All of these leave `p` behind what they have read and return a new reference, or NULL
   where Python has to decide; then an exception may be set, or not. */

/* strings.c: `p` stands behind the opening quotation mark. */
PyObject *read_string(Frame *f);
PyObject *read_name(Frame *f);
PyObject *text_of(Frame *f, const uint8_t *from, const uint8_t *to);
int make_board(Codec *codec);
void take_board(Frame *f);

/* numbers.c */
PyObject *read_number(Frame *f, const Node *node);
PyObject *read_integer(Frame *f, const Node *node);
PyObject *value_of_member(const Node *node, PyObject *member);
int meets_number(const Node *node, PyObject *value);

/* values.c: `wire` receives the JSON value where somebody wants it. */
PyObject *read_any(Frame *f);
PyObject *read_value(Frame *f, Node *node, PyObject **wire);
PyObject *reject_text(Frame *f);
int meets_string(const Node *node, PyObject *text);
int all_differ(PyObject *items);

/* special.c */
int is_valid(Frame *f, PyObject *valid, PyObject *wire);
PyObject *in_python(Frame *f, const Node *node, PyObject **wire);
PyObject *read_specially(Frame *f, Node *node, PyObject **wire);

/* objects.c: `p` stands at the opening brace. */
PyObject *read_object(Frame *f, Class *cls, PyObject **wire);
PyObject *read_map(Frame *f, Node *node, PyObject **wire);
int node_of_name(const Node *node, PyObject *name, Node **found);

/* tags.c */
Node *find_case(Frame *f, Node *node);

/* judge.c */
int is_met(Codec *codec, Node *node, PyObject *value);

/* encode.c */
Class *class_of_object(Codec *codec, PyObject *object);
PyObject *encode_event(Codec *codec, Class *cls, PyObject *event);

#endif
