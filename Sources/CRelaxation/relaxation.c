#include "relaxation.h"

#if defined(__x86_64__) && defined(__linux__)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
void relax(double *restrict row, const double *restrict next, double price, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double candidate = next[i] + price;
    row[i] = candidate < row[i] ? candidate : row[i];
  }
}
