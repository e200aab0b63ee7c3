/// The door for VPN servers: RADIUS over UDP. It takes packets apart, believes only who shares a
/// secret with us, turns what they ask into questions of [io.parano.access.Admitting] and the
/// answers into packets, and ends tunnels whose session is over. It holds no rules, and whom it
/// does not believe it does not answer. Start reading at [io.parano.radius.RadiusDoor].
@org.jspecify.annotations.NullMarked
package io.parano.radius;
