// OpenSSL libcrypto (libssl-dev): SHA-256 of input files and secrets, and comparing in constant time.
#include <openssl/crypto.h>
#include <openssl/sha.h>
