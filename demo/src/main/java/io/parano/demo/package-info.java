/// The demo: a made-up company behind a real Parano, an intruder who tries what was tried in 2013,
/// and for every refused step a granted twin that differs only in the attacked condition.
///
/// It promises that nothing is pretended: the system under test is the product, reached through
/// [ParanoUnderTest] and then over real sockets, from real source addresses, with real HTTP. It
/// refuses to call a use case, to hold a key that counts anywhere else, and to share a data folder
/// with production ([DemoStamp]). Start reading at [Demo], then [Story].
@NullMarked
package io.parano.demo;

import org.jspecify.annotations.NullMarked;
