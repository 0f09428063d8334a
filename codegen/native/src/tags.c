/* Finding the tag of an object before it is read. */
#include "tables.h"

/* The end of a value, which is read in earnest later. */
static const uint8_t *skip_value(Frame *f, const uint8_t *p)
{
    int depth = 0;
    while (p < f->end) {
        switch (*p) {
        case '"':
            for (p = scan(f->scan, p + 1, f->end); p < f->end && *p == '\\';) {
                p = scan(f->scan, p + 2 < f->end ? p + 2 : f->end, f->end);
            }
            if (p >= f->end || *p != '"') {
                return NULL;
            }
            break;
        case '{':
        case '[':
            depth++;
            break;
        case '}':
        case ']':
            if (depth == 0) {
                return p;
            }
            depth--;
            break;
        case ',':
            if (depth == 0) {
                return p;
            }
            break;
        default:
            break;
        }
        p++;
    }
    return NULL;
}

/* The node that the tag of the object at `p` leads to, which stays there. */
Node *find_case(Frame *f, Node *node)
{
    const uint8_t *p = skip_space(f->p + 1);
    while (p < f->end && *p == '"') {
        const uint8_t *name = p + 1, *to = scan(f->scan, name, f->end);
        if (to >= f->end || *to != '"') {
            return NULL;
        }
        p = skip_space(to + 1);
        if (*p != ':') {
            return NULL;
        }
        p = skip_space(p + 1);
        if (to - name == node->tag_size &&
            is_same(name, node->tag_text, (size_t)node->tag_size)) {
            const Entry *last = node->last_case;
            if (last != NULL && f->end - p > last->size + 1 && *p == '"' &&
                p[1 + last->size] == '"' &&
                is_same(p + 1, last->text, (size_t)last->size)) {
                return last->more;
            }
            to = *p == '"' ? scan(f->scan, p + 1, f->end) : f->end;
            if (to >= f->end || *to != '"') {
                return NULL;
            }
            Entry *entry = lookup(&node->cases, p + 1, (size_t)(to - p - 1));
            node->last_case = entry == NULL ? last : entry;
            return entry == NULL ? NULL : entry->more;
        }
        p = skip_value(f, p);
        if (p == NULL || *p != ',') {
            return NULL;
        }
        p = skip_space(p + 1);
    }
    return NULL;
}
