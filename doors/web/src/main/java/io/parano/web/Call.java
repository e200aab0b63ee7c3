package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One whole request for a page or a JSON call, read and bounded, but not yet understood.
///
/// @param path as it came; known paths are matched exactly
/// @param query decoded; each name once
/// @param body may hold a password
/// @param source the address that the connection or a believed proxy shows
record Call(
    Place place,
    String method,
    String path,
    Map<String, String> query,
    IpAddress source,
    @Nullable String cookie,
    @Nullable String authorization,
    @Nullable String origin,
    @Nullable String fetchSite,
    @Nullable String contentType,
    @Nullable String acceptLanguage,
    Secret body) {}
