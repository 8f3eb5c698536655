namespace Raft.Verified.Cli;

/// <summary>
/// The exception for wrong input of the user. Its message is one line: what was found and what was expected.
/// </summary>
internal sealed class InputException(string message) : Exception(message);
