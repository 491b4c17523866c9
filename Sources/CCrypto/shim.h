// OpenSSL libcrypto (libssl-dev): SHA-256 of input files and secrets, comparing in constant time, and HMAC for pseudonyms.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
