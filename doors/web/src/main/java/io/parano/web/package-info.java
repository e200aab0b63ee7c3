/// The web door: sign-in pages and their JSON calls, forward authentication for reverse proxies,
/// the exchange of one-time codes for sessions of protected hosts, health and metrics.
///
/// It promises that untrusted bytes become typed values here or are refused here; that only proxies
/// that prove themselves are believed, each for its own hosts; that reasons never leave ([Outsider]
/// translates them). It refuses to hold rules: who may pass is asked of the core.
///
/// One rule keeps threads simple: the event loop runs only the pure, in-memory path
/// ([ForwardAuth]); everything else runs on a virtual thread as plain blocking code. Start reading
/// at [WebDoor], then [ForwardAuth].
@NullMarked
package io.parano.web;

import org.jspecify.annotations.NullMarked;
