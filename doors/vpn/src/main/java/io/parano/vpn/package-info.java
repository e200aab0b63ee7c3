/// The VPN door: servers that are driven through an interface of their own.
///
/// It promises that whoever is let in was admitted by the core, and that what the core ended is
/// ended here. It holds no rules, and tells outsiders no reasons. Start reading at [OpenVpnDoor].
@NullMarked
package io.parano.vpn;

import org.jspecify.annotations.NullMarked;
