// libcurl: SMTP over TLS (libcurl4-openssl-dev).
//
// curl_easy_setopt and curl_easy_getinfo take whatever type the option wants, through varargs, which Swift
// cannot call. Each wrapper below fixes one type; libcurl's own checks see to it that option and type fit.
#pragma once
#include <curl/curl.h>

static inline CURLcode curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

// libcurl copies the text.
static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

// libcurl keeps the list's address: it must live as long as the transfer.
static inline CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

// For the read, write and header functions, which share one signature.
static inline CURLcode curl_set_function(CURL *handle, CURLoption option, curl_write_callback value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}
