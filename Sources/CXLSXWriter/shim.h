// libxlsxwriter: writes Excel workbooks (libxlsxwriter-dev).
#include <xlsxwriter.h>
