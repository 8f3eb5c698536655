using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The core's view of the cluster after one of its inputs, for the parts of the server that do not run the core.</summary>
/// <param name="Term">The server's current term.</param>
/// <param name="Leader">The leader of that term; none when the server does not know it.</param>
internal sealed record CoreStatus(Term Term, ServerId Leader)
{
    /// <summary>Returns the status of a core.</summary>
    public static CoreStatus Of(RaftCore core) => new(core.CurrentTerm, core.LeaderId);
}
