package io.parano.keys;

import java.nio.file.Path;

/// A key in a hardware module, spoken to by PKCS#11.
///
/// @param library the maker's library
/// @param index which of the slots in use, from 0
/// @param key the key's label
public record Pkcs11Slot(Path library, int index, String key) {}
