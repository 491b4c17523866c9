// MusterFiles
