/// The door for WireGuard: a person's peer exists only while a lease does. It says to the interface
/// who is a peer, and to the kernel's packet filter which tunnel addresses are open, for four
/// seconds at a time.
///
/// Two processes share it. The server's side ([io.parano.vpn.WireGuardDoor]) is unprivileged and
/// speaks to the helper alone. The helper ([io.parano.vpn.Gatehouse]) is root's: it knows four
/// commands, and opens its own socket, the interface's, `wg` and `nft`, nothing else. Neither holds
/// rules: which leases are live is the core's to say. Start reading at [io.parano.vpn.Standing].
@org.jspecify.annotations.NullMarked
package io.parano.vpn;
