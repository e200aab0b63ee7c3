/// The SSH door: the jump host of `ssh -J`, which forwards TCP connections to hosts that the policy
/// allows, as long as the session holds that its certificate hangs on.
///
/// It promises that nobody comes in but by a certificate of ours that the core has looked at, with
/// proof of its key; that a login is recorded before it counts and a destination before it is
/// connected to; that everything of a session is closed when [JumpConnections#closed] returns. It
/// refuses everything else that SSH has: shells, commands, subsystems, agents, X11, forwarding
/// back, passwords, weak algorithms. It keeps no host key: one is made at each start and certified
/// by the hosts' authority.
///
/// The protocol is Apache MINA SSHD's, login and forwarding are ours, as plain blocking code on
/// virtual threads. Start reading at [JumpDoor], then [CertificateLogin] and [Passage].
@NullMarked
package io.parano.ssh;

import org.jspecify.annotations.NullMarked;
