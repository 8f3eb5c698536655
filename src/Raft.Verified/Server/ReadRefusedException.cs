using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The failure of a read that was refused. Reads have no effect, so a retry is always safe.</summary>
/// <param name="reason">The reason for the refusal.</param>
/// <param name="leader">The leader to try next; none when this server does not know it.</param>
public sealed class ReadRefusedException(ReadRefusalReason reason, ServerId leader)
    : RaftException($"The read was refused because {Describe(reason)}; {Describe(leader)}.", leader)
{
    /// <summary>The reason for the refusal.</summary>
    public ReadRefusalReason Reason { get; } = reason;

    private static string Describe(ReadRefusalReason reason) => reason switch
    {
        ReadRefusalReason.NotLeader => "this server is not the leader",
        ReadRefusalReason.NothingProposedInTerm => "this leader has no entry of its own term yet, and appends no empty one",
        ReadRefusalReason.LeadershipLost => "this server was deposed before it could answer",
        _ => "the server stopped",
    };
}
