package io.parano.config;

import java.nio.file.Path;

/// An OpenVPN server that is driven through its management interface.
///
/// @param name as the policy names it
/// @param socket where we wait for it
/// @param netmask of the network in its tunnels
public record OpenVpnPlace(String name, Path socket, String netmask) {}
