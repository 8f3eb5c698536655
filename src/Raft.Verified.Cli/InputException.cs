namespace Raft.Verified.Cli;

/// <summary>The user's input is at fault. The message is one line that says what was found and what was expected.</summary>
internal sealed class InputException(string message) : Exception(message);
