// OpenSSL libcrypto: SHA-256 of input files (libssl-dev).
#include <openssl/sha.h>
