namespace Raft.Verified.StateMachines;

/// <summary>The failure of a command whose bytes the servers could not read. The command is in the log and has no effect.</summary>
/// <param name="type">The type that the servers expected.</param>
public sealed class MalformedCommandException(Type type)
    : FormatException($"The servers could not read the bytes of the command; they expected a {(type ?? throw new ArgumentNullException(nameof(type))).Name}. The command has no effect.");
