#include "scan.h"

#ifdef WIREWRIGHT_X86
#include <immintrin.h>
#endif

#define ONES 0x0101010101010101ull
#define HIGH 0x8080808080808080ull

#ifdef WIREWRIGHT_VECTORS
const uint8_t *scan_portably(const uint8_t *p, const uint8_t *end)
{
    for (; end - p >= 64; p += 64) {
        Vector a = specials_of(vector_at(p)), b = specials_of(vector_at(p + 16));
        Vector c = specials_of(vector_at(p + 32)), d = specials_of(vector_at(p + 48));
        if (has_any((a | b) | (c | d))) {
            break;
        }
    }
    for (; end - p >= 16; p += 16) {
        if (has_special_16(p)) {
            return p + first_special_16(p);
        }
    }
    while (p < end && !is_special(*p)) {
        p++;
    }
    return p;
}
#else
const uint8_t *scan_portably(const uint8_t *p, const uint8_t *end)
{
    while (end - p >= 8) {
        uint64_t word, quote, slash, found;
        memcpy(&word, p, 8);
        quote = word ^ (ONES * '"');
        slash = word ^ (ONES * '\\');
        /* A byte below 0x20, or one that became zero, borrows from its high bit. */
        found = ((word - ONES * 0x20) & ~word) | ((quote - ONES) & ~quote) |
                ((slash - ONES) & ~slash);
        if (found & HIGH) {
            break;
        }
        p += 8;
    }
    while (p < end && !is_special(*p)) {
        p++;
    }
    return p;
}
#endif

#ifdef WIREWRIGHT_VECTORS
static int copy_portably(char *to, const uint8_t *p, size_t size)
{
    Vector all = vector_at(p + size - 16);
    size_t at = 0;
    memcpy(to + size - 16, &all, 16);
    for (; at + 64 < size; at += 64) {
        Vector a = vector_at(p + at), b = vector_at(p + at + 16);
        Vector c = vector_at(p + at + 32), d = vector_at(p + at + 48);
        memcpy(to + at, &a, 16);
        memcpy(to + at + 16, &b, 16);
        memcpy(to + at + 32, &c, 16);
        memcpy(to + at + 48, &d, 16);
        all |= (a | b) | (c | d);
    }
    for (; at + 16 < size; at += 16) {
        Vector part = vector_at(p + at);
        memcpy(to + at, &part, 16);
        all |= part;
    }
    return !has_any(all & 0x80);
}
#elif !defined(WIREWRIGHT_X86)
static int copy_portably(char *to, const uint8_t *p, size_t size)
{
    uint64_t word, all;
    memcpy(&all, p + size - 8, 8);
    memcpy(to + size - 8, &all, 8);
    for (size_t at = 0; at + 8 < size; at += 8) {
        memcpy(&word, p + at, 8);
        memcpy(to + at, &word, 8);
        all |= word;
    }
    return !(all & HIGH);
}
#endif

#ifdef WIREWRIGHT_X86

/* The last characters are copied first, and some of them twice. */
static int copy_sse2(char *to, const uint8_t *p, size_t size)
{
    __m128i all = _mm_loadu_si128((const __m128i *)(p + size - 16)), part;
    _mm_storeu_si128((__m128i *)(to + size - 16), all);
    for (size_t at = 0; at + 16 < size; at += 16) {
        part = _mm_loadu_si128((const __m128i *)(p + at));
        _mm_storeu_si128((__m128i *)(to + at), part);
        all = _mm_or_si128(all, part);
    }
    return !_mm_movemask_epi8(all);
}

/* What is left at the end is looked at with the characters before it. */
static const uint8_t *scan_sse2(const uint8_t *p, const uint8_t *end)
{
    for (; end - p >= 16; p += 16) {
        uint32_t mask = special_of_16(p);
        if (mask) {
            return p + lowest_bit(mask);
        }
    }
    if (p < end) {
        uint32_t mask = special_of_16(end - 16) >> (16 - (end - p));
        return mask ? p + lowest_bit(mask) : end;
    }
    return end;
}

#if defined(__GNUC__) || defined(__clang__)

/* With its second bit turned, a quotation mark is a space and a control character is still
   one. Nothing else is at most a space then, so one comparison finds both. */
#define TURNED(text) _mm256_xor_si256(text, turn)
#define LEAST(a, b) _mm256_min_epu8(a, b)
#define SPECIAL(turned, slashes)                                                         \
    (uint32_t)_mm256_movemask_epi8(                                                      \
        _mm256_or_si256(_mm256_cmpeq_epi8(LEAST(turned, space), turned), slashes))

__attribute__((target("avx2"))) static const uint8_t *
scan_avx2(const uint8_t *p, const uint8_t *end)
{
    const __m256i turn = _mm256_set1_epi8(2), space = _mm256_set1_epi8(' ');
    const __m256i slash = _mm256_set1_epi8('\\');
    for (; end - p >= 128; p += 128) {
        const __m256i *at = (const __m256i *)p;
        __m256i a = _mm256_loadu_si256(at), b = _mm256_loadu_si256(at + 1);
        __m256i c = _mm256_loadu_si256(at + 2), d = _mm256_loadu_si256(at + 3);
        __m256i ab = _mm256_or_si256(_mm256_cmpeq_epi8(a, slash),
                                     _mm256_cmpeq_epi8(b, slash));
        __m256i cd = _mm256_or_si256(_mm256_cmpeq_epi8(c, slash),
                                     _mm256_cmpeq_epi8(d, slash));
        __m256i least = LEAST(LEAST(TURNED(a), TURNED(b)), LEAST(TURNED(c), TURNED(d)));
        if (SPECIAL(least, _mm256_or_si256(ab, cd))) {
            break;
        }
    }
    for (; end - p >= 32; p += 32) {
        __m256i text = _mm256_loadu_si256((const __m256i *)p);
        uint32_t mask = SPECIAL(TURNED(text), _mm256_cmpeq_epi8(text, slash));
        if (mask) {
            return p + lowest_bit(mask);
        }
    }
    _mm256_zeroupper(); /* GCC leaves it out before a call of a function of its own. */
    return scan_sse2(p, end);
}

__attribute__((target("avx2"))) static int copy_avx2(char *to, const uint8_t *p,
                                                     size_t size)
{
    __m256i all = _mm256_setzero_si256();
    size_t at = 0;
    for (; at + 128 < size; at += 128) {
        const __m256i *from = (const __m256i *)(p + at);
        __m256i *into = (__m256i *)(to + at);
        __m256i a = _mm256_loadu_si256(from), b = _mm256_loadu_si256(from + 1);
        __m256i c = _mm256_loadu_si256(from + 2), d = _mm256_loadu_si256(from + 3);
        _mm256_storeu_si256(into, a);
        _mm256_storeu_si256(into + 1, b);
        _mm256_storeu_si256(into + 2, c);
        _mm256_storeu_si256(into + 3, d);
        all = _mm256_or_si256(_mm256_or_si256(all, _mm256_or_si256(a, b)),
                              _mm256_or_si256(c, d));
    }
    int is_ascii = !_mm256_movemask_epi8(all);
    at = size - at < LEAST_SCANNED ? size - LEAST_SCANNED : at;
    _mm256_zeroupper();
    return copy_sse2(to + at, p + at, size - at) & is_ascii;
}

scan_fn choose_scan(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") ? scan_avx2 : scan_sse2;
}

copy_fn choose_copy(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") ? copy_avx2 : copy_sse2;
}

#else

scan_fn choose_scan(void) { return scan_sse2; }

copy_fn choose_copy(void) { return copy_sse2; }

#endif

#else

scan_fn choose_scan(void) { return scan_portably; }

copy_fn choose_copy(void) { return copy_portably; }

#endif
