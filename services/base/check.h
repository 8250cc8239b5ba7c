// CHECK for bugs of our own: always on, prints the condition and a note, aborts.
// Never for bad input and never for a failing world: those are typed errors.
#pragma once

#include <cstdio>
#include <cstdlib>

#define NR_CHECK(condition, note)                                                                  \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      std::fprintf(stderr, "%s:%d: CHECK failed: %s: %s\n", __FILE__, __LINE__, #condition, note); \
      std::abort();                                                                                \
    }                                                                                              \
  } while (false)
