using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The failure of a request that the server did not complete before it stopped.</summary>
/// <param name="what">The action that was not completed, as the end of the sentence in the message.</param>
public sealed class RaftServerStoppedException(string what) : RaftException($"The server stopped before {what}.", ServerId.None);
