// libical: iCalendar values, escaping and line folding (libical-dev).
#include <libical/ical.h>
