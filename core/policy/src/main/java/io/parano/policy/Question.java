package io.parano.policy;

import io.parano.kernel.IpAddress;
import java.time.Instant;

/// May this asker, from this address, make this request now?
///
/// @param host lower case, without port
/// @param path normalised by the door: absolute, no dot segments, no encoded slash, no parameters
/// @param upgrade whether the connection would leave HTTP (WebSocket)
public record Question(
    String host,
    String path,
    String method,
    boolean upgrade,
    IpAddress source,
    Asker asker,
    Instant now) {}
