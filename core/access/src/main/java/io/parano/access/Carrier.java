package io.parano.access;

/// What carries the tunnels of enrolled devices.
///
/// @param server as the policy's `vpn` names it
public record Carrier(String server, Peers peers) {}
