package io.parano.app;

import picocli.CommandLine.Command;

/// `parano store …`: where log and state are kept.
@Command(
    name = "store",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    subcommands = StoreMoveCommand.class)
final class StoreCommand {}
