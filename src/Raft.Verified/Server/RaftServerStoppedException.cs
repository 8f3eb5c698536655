using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The server stopped before it did what was asked of it.</summary>
/// <param name="what">What it did not do any more.</param>
public sealed class RaftServerStoppedException(string what) : RaftException($"The server stopped before {what}.", ServerId.None);
