package io.parano.vpn;

import java.nio.file.Path;

/// @param helper the socket of root's helper
public record WireGuardConfig(Path helper) {}
