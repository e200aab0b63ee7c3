/// The doors of VPN servers that are driven through interfaces of their own: WireGuard, where a
/// person's peer exists only while a lease does, and OpenVPN's management interface. Whoever is let
/// in was admitted by the core, and what the core ended is ended here.
///
/// Two processes share WireGuard. The server's side ([io.parano.vpn.WireGuardDoor]) is unprivileged
/// and speaks to the helper alone. The helper ([io.parano.vpn.Gatehouse]) is root's: it knows four
/// commands, and opens its own socket, the interface's, `wg` and `nft`, nothing else. It says to
/// the kernel's packet filter which tunnel addresses are open, for four seconds at a time.
///
/// Neither door holds rules or tells outsiders reasons. Start reading at [io.parano.vpn.Standing],
/// or at [io.parano.vpn.OpenVpnDoor].
@org.jspecify.annotations.NullMarked
package io.parano.vpn;
