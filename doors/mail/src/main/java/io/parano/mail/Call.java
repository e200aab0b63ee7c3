package io.parano.mail;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.vertx.core.MultiMap;

/// One request of a listed server that has shown its secret.
///
/// @param query empty when there is none
record Call(
    IpAddress peer, String method, String path, String query, MultiMap headers, Bytes body) {}
