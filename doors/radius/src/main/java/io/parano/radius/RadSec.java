package io.parano.radius;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/// RADIUS over TLS (RFC 6614).
///
/// @param at where it listens
/// @param context our certificate, and whose word on clients counts
public record RadSec(InetSocketAddress at, SSLContext context) {}
