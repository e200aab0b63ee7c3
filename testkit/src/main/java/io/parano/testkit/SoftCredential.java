package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.security.KeyPair;

/// One credential in a key's memory.
record SoftCredential(
    Bytes id,
    String rpId,
    Bytes userHandle,
    boolean discoverable,
    KeyAlgorithm algorithm,
    KeyPair keys) {}
