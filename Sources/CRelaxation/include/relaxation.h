#ifndef MUSTER_RELAXATION_H
#define MUSTER_RELAXATION_H

#include <stddef.h>

/// row[i] = min(row[i], next[i] + price) for i in 0 ..< count: one arc of the pricing table.
///
/// This is the innermost loop of the whole search. It is in C for one reason: the compiler builds it for
/// several generations of processor and the loader picks the best one at hand, which Swift cannot ask for.
/// `row` and `next` do not overlap.
void relax(double *row, const double *next, double price, size_t count);

#endif
