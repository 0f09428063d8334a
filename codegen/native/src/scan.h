/* Finding the end of a text, and what may stand between two tokens. */
#ifndef WIREWRIGHT_SCAN_H
#define WIREWRIGHT_SCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Sixteen characters are looked at at once, by instructions that are named or that the
   compiler finds, those of ARM say; or eight, by WIREWRIGHT_PORTABLE and otherwise. */
#if defined(WIREWRIGHT_PORTABLE)
#undef WIREWRIGHT_VECTORS
#elif (defined(__x86_64__) || defined(_M_X64)) && !defined(WIREWRIGHT_VECTORS)
#define WIREWRIGHT_X86 1
#define WIREWRIGHT_SIXTEEN 1
#include <emmintrin.h>
#elif defined(__GNUC__) || defined(__clang__)
#undef WIREWRIGHT_VECTORS
#define WIREWRIGHT_VECTORS 1
#define WIREWRIGHT_SIXTEEN 1
#endif

#if defined(__GNUC__) || defined(__clang__)
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define INLINE static inline __attribute__((always_inline))
#define NOINLINE __attribute__((noinline))
#else
#define LIKELY(x) (x)
#define UNLIKELY(x) (x)
#define INLINE static __forceinline
#define NOINLINE __declspec(noinline)
#endif

#if defined(_MSC_VER) && !defined(__clang__)
#include <intrin.h>
INLINE unsigned lowest_bit(uint32_t mask)
{
    unsigned long index;
    _BitScanForward(&index, mask);
    return index;
}
#else
INLINE unsigned lowest_bit(uint32_t mask) { return (unsigned)__builtin_ctz(mask); }
#endif

INLINE unsigned lowest_of(uint64_t mask)
{
    uint32_t low = (uint32_t)mask;
    return low ? lowest_bit(low) : 32 + lowest_bit((uint32_t)(mask >> 32));
}

/* The first character that ends or interrupts a text: a quotation mark, a backslash or
   a control character. `end` if there is none. */
typedef const uint8_t *(*scan_fn)(const uint8_t *p, const uint8_t *end);

#define LEAST_SCANNED 16

/* The fastest such function of this processor. It is given ends of texts that have at
   least LEAST_SCANNED characters in all, behind wherever it begins. */
scan_fn choose_scan(void);

/* One for every processor, and what others finish with. */
const uint8_t *scan_portably(const uint8_t *p, const uint8_t *end);

/* Copy a text of at least LEAST_SCANNED characters: whether all are ASCII. */
typedef int (*copy_fn)(char *to, const uint8_t *p, size_t size);

copy_fn choose_copy(void);

INLINE int is_special(uint8_t c) { return c == '"' || c == '\\' || c < 0x20; }

#ifdef WIREWRIGHT_X86
INLINE uint32_t special_of_16(const uint8_t *p)
{
    __m128i text = _mm_loadu_si128((const __m128i *)p);
    __m128i quote = _mm_cmpeq_epi8(text, _mm_set1_epi8('"'));
    __m128i slash = _mm_cmpeq_epi8(text, _mm_set1_epi8('\\'));
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(text, _mm_set1_epi8(0x1f)), text);
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, slash), low));
}

INLINE int has_special_16(const uint8_t *p) { return special_of_16(p) != 0; }

/* The first of them, if there is one. */
INLINE unsigned first_special_16(const uint8_t *p) { return lowest_bit(special_of_16(p)); }
#endif

#ifdef WIREWRIGHT_VECTORS
typedef uint8_t Vector __attribute__((vector_size(16)));
typedef uint64_t Halves __attribute__((vector_size(16)));

INLINE Vector vector_at(const void *p)
{
    Vector found;
    memcpy(&found, p, sizeof(found));
    return found;
}

INLINE int has_any(Vector bits)
{
    Halves halves = (Halves)bits;
    return (halves[0] | halves[1]) != 0;
}

INLINE Vector specials_of(Vector text)
{
    return (Vector)((text == '"') | (text == '\\') | (text < 0x20));
}

INLINE int has_special_16(const uint8_t *p) { return has_any(specials_of(vector_at(p))); }

INLINE unsigned first_special_16(const uint8_t *p)
{
    unsigned at = 0;
    while (!is_special(p[at])) {
        at++;
    }
    return at;
}
#endif

/* Most texts are short, and end before a call would have begun. */
INLINE const uint8_t *scan(scan_fn further, const uint8_t *p, const uint8_t *end)
{
#ifdef WIREWRIGHT_SIXTEEN
    if (LIKELY(end - p >= 32)) {
        if (has_special_16(p)) {
            return p + first_special_16(p);
        }
        if (has_special_16(p + 16)) {
            return p + 16 + first_special_16(p + 16);
        }
        p += 32;
    }
#endif
    return further(p, end);
}

INLINE const uint8_t *skip_space(const uint8_t *p)
{
    /* Texts end with a zero, so this needs no end. */
    while (UNLIKELY(*p <= ' ') && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) {
        p++;
    }
    return p;
}

/* Whether a frame goes on with a text of at most 32 characters, of which `mask` has a bit
   for each. Behind both there is memory to be read. */
#define MASKED 32

INLINE int goes_on(const uint8_t *p, const char *text, uint32_t mask)
{
#ifdef WIREWRIGHT_X86
    const __m128i *a = (const __m128i *)p, *b = (const __m128i *)text;
    __m128i low = _mm_cmpeq_epi8(_mm_loadu_si128(a), _mm_loadu_si128(b));
    __m128i high = _mm_cmpeq_epi8(_mm_loadu_si128(a + 1), _mm_loadu_si128(b + 1));
    uint32_t same = (uint32_t)_mm_movemask_epi8(low) |
                    (uint32_t)_mm_movemask_epi8(high) << 16;
    return (~same & mask) == 0;
#elif defined(WIREWRIGHT_VECTORS)
    static const uint8_t bits[2 * MASKED] = {[0 ... MASKED - 1] = 255};
    const uint8_t *wanted = bits + (mask ? __builtin_clz(mask) : MASKED);
    Vector low = vector_at(p) ^ vector_at(text);
    Vector high = vector_at(p + 16) ^ vector_at(text + 16);
    return !has_any((low & vector_at(wanted)) | (high & vector_at(wanted + 16)));
#else
    for (; mask; mask >>= 1, p++, text++) {
        if (*p != (uint8_t)*text) {
            return 0;
        }
    }
    return 1;
#endif
}

#endif
