package io.parano.mail;

import io.parano.kernel.Secret;
import java.net.URI;

/// Dovecot's HTTP API.
///
/// @param url such as `http://127.0.0.1:8080/doveadm/v1`
/// @param key its `doveadm_api_key`
public record Doveadm(String name, URI url, Secret key) {}
