package io.parano.web;

import java.nio.file.Path;

/// Where door and authority meet.
///
/// @param socket a Unix socket, made by the authority
/// @param peer the user of the host as which the other one runs; the kernel says who it is
public record AuthorityPlace(Path socket, String peer) {}
