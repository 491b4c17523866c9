// GMime 3: RFC 5322 messages and MIME (libgmime-3.0-dev).
//
// GMime speaks in reference-counted GObjects whose casts are macros and whose functions take ownership by rules
// of their own. Behind these wrappers a message is built from top to bottom; each part that is made here is
// handed to its parent at once, so that freeing the message frees everything.
#pragma once
#include <stddef.h>
#include <stdint.h>

// GMime's own headers lie where only pkg-config finds them, and SwiftPM warns at every build of two harmless flags
// that come with that (-pthread, -D_LARGEFILE64_SOURCE). So the functions in use are declared here, with GMime's
// types and names: `.ci/mail` compiles this file after <gmime/gmime.h>, where any difference is an error.
typedef struct _GDateTime GDateTime;
typedef struct _GMimeObject GMimeObject;
typedef struct _GMimeMessage GMimeMessage;
typedef struct _GMimeMultipart GMimeMultipart;
typedef struct _GMimePart GMimePart;
typedef struct _GMimeTextPart GMimeTextPart;
typedef struct _GMimeStream GMimeStream;
typedef struct _GMimeDataWrapper GMimeDataWrapper;
typedef struct _GMimeFormatOptions GMimeFormatOptions;

void g_mime_init(void);
void g_free(void *memory);
void g_object_unref(void *object);
GDateTime *g_date_time_new_from_unix_utc(int64_t seconds);
void g_date_time_unref(GDateTime *time);
GMimeMessage *g_mime_message_new(int pretty_headers);
void g_mime_message_set_date(GMimeMessage *message, GDateTime *time);
void g_mime_message_set_message_id(GMimeMessage *message, const char *message_id);
void g_mime_message_add_mailbox(GMimeMessage *message, unsigned kind, const char *name, const char *address);
void g_mime_message_set_subject(GMimeMessage *message, const char *subject, const char *charset);
void g_mime_message_set_mime_part(GMimeMessage *message, GMimeObject *part);
void g_mime_object_set_header(GMimeObject *object, const char *name, const char *value, const char *charset);
void g_mime_object_set_content_type_parameter(GMimeObject *object, const char *name, const char *value);
void g_mime_object_set_disposition(GMimeObject *object, const char *disposition);
char *g_mime_object_to_string(GMimeObject *object, GMimeFormatOptions *options);
GMimeMultipart *g_mime_multipart_new_with_subtype(const char *subtype);
void g_mime_multipart_set_boundary(GMimeMultipart *multipart, const char *boundary);
void g_mime_multipart_add(GMimeMultipart *multipart, GMimeObject *part);
GMimeTextPart *g_mime_text_part_new_with_subtype(const char *subtype);
void g_mime_text_part_set_charset(GMimeTextPart *part, const char *charset);
void g_mime_text_part_set_text(GMimeTextPart *part, const char *text);
GMimePart *g_mime_part_new_with_type(const char *type, const char *subtype);
void g_mime_part_set_filename(GMimePart *part, const char *name);
void g_mime_part_set_content(GMimePart *part, GMimeDataWrapper *content);
void g_mime_part_set_content_encoding(GMimePart *part, unsigned encoding);
GMimeStream *g_mime_stream_mem_new_with_buffer(const char *bytes, size_t count);
GMimeDataWrapper *g_mime_data_wrapper_new_with_stream(GMimeStream *stream, unsigned encoding);
GMimeFormatOptions *g_mime_format_options_new(void);
void g_mime_format_options_set_newline_format(GMimeFormatOptions *options, unsigned format);
void g_mime_format_options_free(GMimeFormatOptions *options);

enum { mime_is_from = 1, mime_is_to = 3 };
enum { mime_default = 0, mime_base64 = 4, mime_quoted_printable = 5 };
enum { mime_crlf = 1 };
#ifdef GMIME_MAJOR_VERSION
_Static_assert(mime_is_from == GMIME_ADDRESS_TYPE_FROM && mime_is_to == GMIME_ADDRESS_TYPE_TO, "addresses");
_Static_assert(mime_default == GMIME_CONTENT_ENCODING_DEFAULT && mime_base64 == GMIME_CONTENT_ENCODING_BASE64 &&
                   mime_quoted_printable == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, "encodings");
_Static_assert(mime_crlf == GMIME_NEWLINE_FORMAT_DOS, "line ends");
#endif

// A message with its date (seconds since 1970, written in UTC) and its id (without angle brackets).
static inline GMimeMessage *mime_message(const char *message_id, int64_t date) {
  GMimeMessage *message = g_mime_message_new(1);
  GDateTime *time = g_date_time_new_from_unix_utc(date);
  g_mime_message_set_date(message, time);
  g_date_time_unref(time);
  g_mime_message_set_message_id(message, message_id);
  return message;
}

static inline void mime_from(GMimeMessage *message, const char *name, const char *address) {
  g_mime_message_add_mailbox(message, mime_is_from, name, address);
}

static inline void mime_to(GMimeMessage *message, const char *address) {
  g_mime_message_add_mailbox(message, mime_is_to, NULL, address);
}

static inline void mime_subject(GMimeMessage *message, const char *subject) {
  g_mime_message_set_subject(message, subject, "utf-8");
}

static inline void mime_header(GMimeMessage *message, const char *name, const char *value) {
  g_mime_object_set_header((GMimeObject *)(message), name, value, "utf-8");
}

// The boundary is given, because GMime's own is random and equal messages should be equal bytes.
static inline GMimeMultipart *mime_multipart(const char *subtype, const char *boundary) {
  GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
  g_mime_multipart_set_boundary(multipart, boundary);
  return multipart;
}

// The message, or the multipart, takes the multipart over.
static inline void mime_set_body(GMimeMessage *message, GMimeMultipart *body) {
  g_mime_message_set_mime_part(message, (GMimeObject *)(body));
  g_object_unref(body);
}
static inline void mime_add_multipart(GMimeMultipart *parent, GMimeMultipart *child) {
  g_mime_multipart_add(parent, (GMimeObject *)(child));
  g_object_unref(child);
}

static inline void mime_add_text(GMimeMultipart *parent, const char *subtype, const char *text) {
  GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
  g_mime_text_part_set_charset(part, "utf-8");
  g_mime_text_part_set_text(part, text);
  g_mime_part_set_content_encoding((GMimePart *)(part), mime_quoted_printable);
  g_mime_multipart_add(parent, (GMimeObject *)(part));
  g_object_unref(part);
}

// Base64, so that the file arrives byte for byte.
static inline void mime_add_file(GMimeMultipart *parent, const char *type, const char *subtype, const char *name,
                                 const char *bytes, size_t count) {
  GMimePart *part = g_mime_part_new_with_type(type, subtype);
  g_mime_object_set_content_type_parameter((GMimeObject *)(part), "charset", "utf-8");
  g_mime_object_set_disposition((GMimeObject *)(part), "attachment");
  g_mime_part_set_filename(part, name);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, count);
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, mime_default);
  g_mime_part_set_content(part, content);
  g_object_unref(content);
  g_object_unref(stream);
  g_mime_part_set_content_encoding(part, mime_base64);
  g_mime_multipart_add(parent, (GMimeObject *)(part));
  g_object_unref(part);
}

// The finished message with CRLF at line ends, as SMTP wants it; `mime_free` the text. The message is freed.
static inline char *mime_finish(GMimeMessage *message) {
  GMimeFormatOptions *options = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(options, mime_crlf);
  char *text = g_mime_object_to_string((GMimeObject *)(message), options);
  g_mime_format_options_free(options);
  g_object_unref(message);
  return text;
}

static inline void mime_free(char *text) { g_free(text); }
