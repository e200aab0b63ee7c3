package io.parano.vpn;

import io.parano.kernel.Language;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One OpenVPN server, which connects to us (`management-client`).
///
/// @param name as the policy names it
/// @param socket the Unix socket on which we wait for it
/// @param helper the socket of root's helper, which keeps the addresses of tunnels open in the
///   packet filter; null where there is none
/// @param netmask of the network in its tunnels, for the addresses that the policy gives
/// @param language what its users are asked in
/// @param confirmAt the page where a touch confirms a login
public record OpenVpnConfig(
    String name,
    Path socket,
    @Nullable Path helper,
    String netmask,
    Language language,
    String confirmAt) {}
