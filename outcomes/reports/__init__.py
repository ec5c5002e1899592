"""The quarterly report to the Big Lottery Fund: frozen once, written as often as wanted."""
