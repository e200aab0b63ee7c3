/// A security key made of software, with a certificate authority of its own: what tests, interop
/// and the demo hold in place of hardware.
///
/// It promises the bytes that a browser with a real key would send, the refusals that a browser
/// would give, and, on request, the defects of an authenticator that lies. It refuses to be taken
/// for hardware: its certificates and its files say what they are, and its private keys lie open in
/// memory. Nothing that protects anything may depend on it. Start reading at
/// [io.parano.testkit.SecurityKey].
@NullMarked
package io.parano.testkit;

import org.jspecify.annotations.NullMarked;
