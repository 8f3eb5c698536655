namespace Raft.Verified.Tests.Machines;

/// <summary>A command to a set of words.</summary>
/// <param name="Adds">True to add the word, false to remove it.</param>
/// <param name="Word">The word.</param>
public sealed record WordCommand(bool Adds, string Word);
