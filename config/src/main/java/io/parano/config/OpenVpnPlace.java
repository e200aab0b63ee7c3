package io.parano.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An OpenVPN server that is driven through its management interface.
///
/// @param name as the policy names it
/// @param socket where we wait for it
/// @param helper the socket of root's helper beside it; null for none
/// @param netmask of the network in its tunnels
public record OpenVpnPlace(String name, Path socket, @Nullable Path helper, String netmask) {}
