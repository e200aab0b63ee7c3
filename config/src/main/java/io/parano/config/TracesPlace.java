package io.parano.config;

import java.net.URI;

/// Where traces of requests go.
///
/// @param collector takes OTLP over HTTP
/// @param percent how many of a hundred requests are looked at
public record TracesPlace(URI collector, int percent) {}
