package io.parano.audit;

/// A log that a witness cosigns for: its name in checkpoints, and the key that signs them.
public record WatchedLog(String origin, NoteKey key) {}
