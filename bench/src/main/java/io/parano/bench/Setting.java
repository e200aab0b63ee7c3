package io.parano.bench;

import java.nio.file.Path;

/// Where and how large a bench runs.
///
/// @param folder empty, on the disk that is measured, and gone afterwards
record Setting(Scale scale, Path folder, Children children) {}
