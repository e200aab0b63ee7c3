/// The Merkle log. It turns events into entries of an append-only tree, signs its head, and proves
/// what it holds; it neither reads what it keeps nor decides. Start reading at
/// [io.parano.audit.Event].
package io.parano.audit;
