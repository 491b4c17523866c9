// GLPK, the GNU Linear Programming Kit (libglpk-dev). It ships no pkg-config file, hence the explicit link.
#include <glpk.h>
