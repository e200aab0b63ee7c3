/// RADIUS (RFC 2865, 2866, 2869, 5080, 5176, 5997, 6613) as bytes: packets taken apart, believed
/// only once they were checked under the secret shared with whoever sent them, and answered. It
/// keeps nothing and knows nobody. MD5 and HMAC-MD5 are the protocol's own and are used for nothing
/// else. Start reading at [io.parano.radiuspacket.Packet].
package io.parano.radiuspacket;
