using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A read was refused. Reads have no effect: trying again is always safe.</summary>
/// <param name="reason">Why.</param>
/// <param name="leader">The leader as far as this server knows, to try next; possibly none.</param>
public sealed class ReadRefusedException(ReadRefusalReason reason, ServerId leader)
    : RaftException($"The read was refused because {Describe(reason)}; {Describe(leader)}.", leader)
{
    /// <summary>Why.</summary>
    public ReadRefusalReason Reason { get; } = reason;

    private static string Describe(ReadRefusalReason reason) => reason switch
    {
        ReadRefusalReason.NotLeader => "this server is not the leader",
        ReadRefusalReason.NothingProposedInTerm => "this leader has no entry of its own term yet, and appends no empty one",
        ReadRefusalReason.LeadershipLost => "this server was deposed before it could answer",
        _ => "the server stopped",
    };
}
