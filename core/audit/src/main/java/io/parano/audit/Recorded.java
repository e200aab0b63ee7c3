package io.parano.audit;

record Recorded(long index) implements Receipt {}
