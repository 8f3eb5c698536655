namespace Raft.Verified.Cli.Show;

/// <summary>One arrival of a message.</summary>
internal readonly record struct Arrival(int Event, Lateness Lateness);
